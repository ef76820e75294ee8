import { Field, InputType } from "type-graphql";
import { Flag, IdOf } from "../platform/graphql/input-fields";
import { IdsOf } from "../platform/graphql/input-lists";
import type { BankFormat } from "./import.rules";
import { BankFormatEnum } from "./import.type";

@InputType({ description: "A file to bring in." })
export class ImportBankInput {
  @Field(() => BankFormatEnum, { description: "How the file is written." })
  format!: BankFormat;

  @Field(() => String, {
    description: "The file's text. UTF-8; at most 4 MB for YAML and CSV, 1 MB for GIFT and Aiken; 10000 items.",
  })
  text!: string;

  @IdOf(
    "QuestionBank",
    "The bank that will hold the questions; for GIFT, AIKEN and CSV. A YAML file names its banks.",
    {
      optional: true,
    },
  )
  bankId?: string | null;

  @IdsOf("Skill", "GIFT, AIKEN and CSV: the skills of questions that name none.")
  skillIds?: string[] | null;

  @Flag(
    "Whether the file was reviewed elsewhere, so that what it brings is READY at once. For those who run the hiring.",
    false,
  )
  publish!: boolean;

  @Flag("Whether only to report what would be done.", false)
  dryRun!: boolean;
}
