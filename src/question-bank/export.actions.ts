import type { Ctx } from "../identity/viewer.type";
import { allRows } from "../platform/db/reader";
import { must, notFound, refuse } from "../platform/errors";
import { allSections } from "../platform/exchange/section";
import { writeYaml } from "../platform/exchange/yaml-text";
import { isIdOf } from "../platform/ids";
import type { ExportFormat } from "./import.rules";
import { questionSection } from "./question.section";
import { QuestionBank } from "./question-bank.entity";
import { maySeeKeys } from "./question-bank.policy";
import { writeCsv } from "./question-tables.section";

export interface BankExport {
  format: ExportFormat;
  text: string;
  itemCount: number;
}

interface Wanted {
  format: ExportFormat;
  /** Null: all that the organisation has. */
  bankId: string | null;
}

/** Writes out what the organisation has, or one bank, as of one instant. @throws Refusal FORBIDDEN | WRONG_ID_TYPE | NOT_FOUND */
export function exportBank({ db, viewer }: Ctx, { format, bankId }: Wanted): Promise<BankExport> {
  must(maySeeKeys(viewer), "export questions with their keys");
  return db.snapshot(async (reader) => {
    if (bankId) {
      if (!isIdOf("QuestionBank", bankId))
        refuse("WRONG_ID_TYPE", "`bankId` wants the id of a QuestionBank.", "bankId");
      const [bank] = await allRows(reader, QuestionBank, (bind) => `t.id = ${bind(bankId)}`);
      if (!bank) notFound("QuestionBank", bankId, "bankId");
    }
    if (format === "CSV") {
      const items = await questionSection.read(reader, { bankId });
      return { format, text: writeCsv(items), itemCount: items.length };
    }
    const sections: { name: string; items: object[] }[] = [];
    for (const { name, read } of allSections()) sections.push({ name, items: await read(reader, { bankId }) });
    const itemCount = sections.reduce((sum, { items }) => sum + items.length, 0);
    return { format, text: writeYaml(sections), itemCount };
  });
}
