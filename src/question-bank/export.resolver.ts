import { Arg, Ctx as Context, ID, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { exportBank, exportBankAnnounced } from "./export.actions";
import { ExportBankInput } from "./export.input";
import { BankExportType, ExportFormatEnum } from "./export.type";
import type { ExportFormat } from "./import.rules";

const ExportBankPayload = payloadOf("ExportBank", "bankExport", () => BankExportType, "The file.");

const WHAT =
  "A file of the organisation's skills, profiles, banks, questions, rubrics and kits, or of one bank with the skills. " +
  "Holds keys and guidance. Of each question and rubric the READY version; where there is none, the one being written.";

@Resolver()
export class ExportResolver {
  @Mutation(() => ExportBankPayload, {
    complexity: 2000,
    description: `${WHAT} It is noted in the audit trail and the access log.`,
  })
  exportBank(@Context() ctx: Ctx, @Input(() => ExportBankInput) input: ExportBankInput) {
    return payload(ctx, "bankExport", input, exportBankAnnounced);
  }

  /** As long as docs/integrate.md promises. */
  @Query(() => BankExportType, {
    name: "exportBank",
    complexity: 2000,
    description: WHAT,
    deprecationReason:
      "Use the mutation `exportBank`: what leaves is noted in the audit trail. Goes with 0.2.0 at the earliest.",
  })
  exportBankAsQuery(
    @Context() ctx: Ctx,
    @Arg("format", () => ExportFormatEnum, { defaultValue: "YAML", description: "Default YAML." }) format: ExportFormat,
    @Arg("bankId", () => ID, { nullable: true, description: "The bank to export; none: everything." })
    bankId: string | null,
  ) {
    return exportBank(ctx, { format, bankId: bankId ?? null });
  }
}
