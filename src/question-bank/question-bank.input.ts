import { InputType } from "type-graphql";
import { Line, Prose } from "../platform/graphql/input-fields";

@InputType({ description: "A question bank to open." })
export class CreateQuestionBankInput {
  @Line("Name of the bank, unique in the organisation.")
  name!: string;

  @Prose("What the bank is for.", { optional: true })
  description?: string | null;
}
