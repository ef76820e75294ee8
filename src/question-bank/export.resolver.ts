import { Arg, Ctx as Context, ID, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { exportBank } from "./export.actions";
import { BankExportType, ExportFormatEnum } from "./export.type";
import type { ExportFormat } from "./import.rules";

@Resolver()
export class ExportResolver {
  @Query(() => BankExportType, {
    complexity: 2000,
    description:
      "A file of the organisation's skills, profiles, banks, questions, rubrics and kits, or of one bank with the skills. " +
      "Holds keys and guidance. Of each question and rubric the READY version; where there is none, the one being written.",
  })
  exportBank(
    @Context() ctx: Ctx,
    @Arg("format", () => ExportFormatEnum, { defaultValue: "YAML", description: "Default YAML." }) format: ExportFormat,
    @Arg("bankId", () => ID, { nullable: true, description: "The bank to export; none: everything." })
    bankId: string | null,
  ) {
    return exportBank(ctx, { format, bankId: bankId ?? null });
  }
}
