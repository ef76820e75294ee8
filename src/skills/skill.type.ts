import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Skill } from "./skill.entity";

type Published = Pick<Skill, "id" | "slug" | "name">;

@Noun("Skill", "Something that a candidate can be good at, such as SQL.")
export abstract class SkillType extends NodeType implements Published {
  @Field(() => String, { description: "Stable key in files and integrations; unique in the organisation." })
  slug!: string;

  @Field(() => String, { description: "Name for people." })
  name!: string;
}
