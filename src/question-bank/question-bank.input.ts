import { InputType } from "type-graphql";
import { ExternalKey, IdOf, Line, Prose, Version } from "../platform/graphql/input-fields";

@InputType({ description: "A question bank to open." })
export class CreateQuestionBankInput {
  @Line("Name of the bank, unique in the organisation.")
  name!: string;

  @Prose("What the bank is for.", { optional: true })
  description?: string | null;

  @ExternalKey("What it is called in files; unique in the organisation.")
  externalKey?: string | null;
}

@InputType({ description: "A question bank, and what it shall be called from now on." })
export class EditQuestionBankInput {
  @IdOf("QuestionBank", "The bank.")
  id!: string;

  @Version()
  version!: number;

  @Line("Name of the bank, unique in the organisation.")
  name!: string;

  @Prose("What the bank is for; left out, nothing is said.", { optional: true })
  description?: string | null;
}
