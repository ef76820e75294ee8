import { InputType } from "type-graphql";
import { IdOf } from "../platform/graphql/input-fields";

@InputType({ description: "The rubric version whose history is to be looked at again." })
export class RenewScorePriorInput {
  @IdOf("RubricVersion", "The rubric version.")
  rubricVersionId!: string;
}
