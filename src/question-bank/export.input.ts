import { Field, InputType } from "type-graphql";
import { IdOf } from "../platform/graphql/input-fields";
import { ExportFormatEnum } from "./export.type";
import type { ExportFormat } from "./import.rules";

@InputType({ description: "What to write out." })
export class ExportBankInput {
  @Field(() => ExportFormatEnum, { defaultValue: "YAML", description: "How it is written. Default YAML." })
  format!: ExportFormat;

  @IdOf("QuestionBank", "The bank to export; none: everything.", { optional: true })
  bankId?: string | null;
}
