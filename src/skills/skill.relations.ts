import { everyone, noun, one, pages } from "../platform/db/nouns";
import { Skill } from "./skill.entity";

export const skills = noun(Skill, { visible: everyone, orderBy: "slug" });

export const parentOfSkill = one(Skill, "parent", Skill, {
  by: "parentId",
  description: "The wider skill; null at the top of the tree.",
});

export const childrenOfSkill = pages(Skill, "children", Skill, {
  by: "parentId",
  description: "The narrower skills, by slug.",
});
