import { Member } from "../identity/member.entity";
import { everyone, first, many, noun, one, pages, through } from "../platform/db/nouns";
import { Skill } from "../skills/skill.entity";
import { CURRENT_FIRST } from "./publication.rules";
import { Anchor, Criterion, Rubric, RubricAuthor, RubricSkill, RubricVersion } from "./rubric.entity";

export const rubrics = noun(Rubric, { visible: everyone, orderBy: "name" });
export const rubricVersions = noun(RubricVersion, { visible: everyone, descending: true });
export const criteria = noun(Criterion, { visible: everyone });
export const anchors = noun(Anchor, { visible: everyone });

export const currentOfRubric = first(Rubric, "current", RubricVersion, {
  by: "rubricId",
  orderBy: CURRENT_FIRST,
  description: "The READY version; where there is none, the newest.",
});

export const versionsOfRubric = pages(Rubric, "versions", RubricVersion, {
  by: "rubricId",
  description: "Every version, newest first.",
});

export const rubricOfVersion = one(RubricVersion, "rubric", Rubric, {
  by: "rubricId",
  always: true,
  description: "The rubric of which this is a version.",
});

export const skillsOfRubricVersion = through(RubricVersion, "skills", Skill, {
  link: RubricSkill,
  from: "rubricVersionId",
  to: "skillId",
  description: "The skills that it claims to rate: each has a criterion.",
});

export const authorsOfRubricVersion = through(RubricVersion, "authors", Member, {
  link: RubricAuthor,
  from: "rubricVersionId",
  to: "memberId",
  description: "Who wrote in it, and so may not review it; nobody where it came with Assay.",
});

export const criteriaOfVersion = many(RubricVersion, "criteria", Criterion, {
  by: "rubricVersionId",
  orderBy: "position",
  description: "What is rated, in order.",
});

export const versionOfCriterion = one(Criterion, "rubricVersion", RubricVersion, {
  by: "rubricVersionId",
  always: true,
  description: "The version that it belongs to.",
});

export const skillOfCriterion = one(Criterion, "skill", Skill, {
  by: "skillId",
  always: true,
  description: "The skill that it is evidence for.",
});

export const anchorsOfCriterion = many(Criterion, "anchors", Anchor, {
  by: "criterionId",
  orderBy: "value",
  description: "What an interviewer can observe at each value, ascending.",
});

export const criterionOfAnchor = one(Anchor, "criterion", Criterion, {
  by: "criterionId",
  always: true,
  description: "The criterion that it anchors.",
});
