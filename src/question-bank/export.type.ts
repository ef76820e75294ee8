import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { ReadAnew } from "../platform/graphql/keeping";
import { Value } from "../platform/graphql/node";
import type { ExportFormat } from "./import.rules";

export const ExportFormatEnum = enumOf<ExportFormat>("ExportFormat", "What an export is written as.", {
  YAML: "Assay's own format: everything, and read back without a loss.",
  CSV: "A table of questions without their banks; all else is read back without a loss.",
});

@Value("BankExport", "A file that `importBank` takes.")
export class BankExportType {
  @Field(() => ExportFormatEnum, { description: "How it is written." })
  format!: ExportFormat;

  @ReadAnew("The file's text.")
  text!: string;

  @Field(() => Int, { description: "Items of the file." })
  itemCount!: number;
}
