import { InputType } from "type-graphql";
import { IdOf, Line } from "../platform/graphql/input-fields";

@InputType({ description: "A job to open." })
export class CreateJobInput {
  @Line("Title of the opening.")
  title!: string;

  @IdOf("RoleProfileVersion", "The profile against which candidates are measured.")
  profileVersionId!: string;
}
