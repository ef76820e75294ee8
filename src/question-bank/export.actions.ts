import { Organization } from "../identity/organization.entity";
import type { Ctx } from "../identity/viewer.type";
import { allRows, type Reader } from "../platform/db/reader";
import { notFound, refuse } from "../platform/errors";
import { allSections } from "../platform/exchange/section";
import { writeYaml } from "../platform/exchange/yaml-text";
import { isIdOf } from "../platform/ids";
import { recordAccess } from "../platform/journal/access-log";
import { announce } from "../platform/journal/announce";
import type { ExportBankInput } from "./export.input";
import type { ExportFormat } from "./import.rules";
import { questionSection } from "./question.section";
import { QuestionBank } from "./question-bank.entity";
import { writeCsv } from "./question-tables.section";

export interface BankExport {
  format: ExportFormat;
  text: string;
  itemCount: number;
}

/**
 * The same, in the journal too: of the bank, or of the organisation where all of it leaves.
 * @throws Refusal WRONG_ID_TYPE | NOT_FOUND
 */
export async function exportBankAnnounced(ctx: Ctx, { format, bankId = null }: ExportBankInput): Promise<BankExport> {
  const written = await exportBank(ctx, { format, bankId });
  await ctx.db.transaction(async (tx) => {
    const left = bankId
      ? await tx.find(QuestionBank, bankId, "bankId")
      : await tx.find(Organization, ctx.viewer.organizationId);
    await announce(tx, "question_bank.exported", left);
  });
  return written;
}

interface Wanted {
  format: ExportFormat;
  /** Null: all that the organisation has. */
  bankId: string | null;
}

/**
 * Writes out what the organisation has, or one bank, as of one instant. It is in the access log before it leaves: what
 * cannot be recorded is not handed out. @throws Refusal WRONG_ID_TYPE | NOT_FOUND
 */
export async function exportBank(ctx: Ctx, wanted: Wanted): Promise<BankExport> {
  const written = await ctx.db.snapshot((reader) => writtenOut(reader, wanted));
  await recordAccess(ctx, { kind: "EXPORTED", about: exportWords(wanted, written) });
  return written;
}

/** By id: a name may be anybody's. */
const exportWords = ({ bankId }: Wanted, { format, itemCount }: BankExport): string =>
  `Exported ${bankId ? `the QuestionBank ${bankId}` : "every bank"} as ${format}, of ${itemCount} items.`;

async function writtenOut(reader: Reader, { format, bankId }: Wanted): Promise<BankExport> {
  if (bankId) await assertBank(reader, bankId);
  if (format === "CSV") {
    const items = await questionSection.read(reader, { bankId });
    return { format, text: writeCsv(items), itemCount: items.length };
  }
  const sections: { name: string; items: object[] }[] = [];
  for (const { name, read } of allSections()) sections.push({ name, items: await read(reader, { bankId }) });
  const itemCount = sections.reduce((sum, { items }) => sum + items.length, 0);
  return { format, text: writeYaml(sections), itemCount };
}

async function assertBank(reader: Reader, bankId: string): Promise<void> {
  if (!isIdOf("QuestionBank", bankId)) refuse("WRONG_ID_TYPE", "`bankId` wants the id of a QuestionBank.", "bankId");
  const [bank] = await allRows(reader, QuestionBank, (bind) => `t.id = ${bind(bankId)}`);
  if (!bank) notFound("QuestionBank", bankId, "bankId");
}
