import { InputType } from "type-graphql";
import { IdOf, Line, Slug } from "../platform/graphql/input-fields";

@InputType({ description: "A skill to add to the taxonomy." })
export class CreateSkillInput {
  @Slug("Stable key, unique in the organisation.")
  slug!: string;

  @Line("Name for people.")
  name!: string;

  @IdOf("Skill", "The wider skill; none for the top of the tree.", { optional: true })
  parentId?: string | null;
}
