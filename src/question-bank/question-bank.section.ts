import { z } from "zod";
import { allRows, type Reader } from "../platform/db/reader";
import { type Known, writeKeyed } from "../platform/exchange/keyed";
import type { Section } from "../platform/exchange/section";
import { key, line, prose } from "../platform/exchange/shapes";
import { announce } from "../platform/journal/announce";
import { QuestionBank } from "./question-bank.entity";
import { mayWriteQuestions } from "./question-bank.policy";

interface BankItem {
  key: string;
  name: string;
  description: string;
}

export const bankSection: Section<BankItem> = {
  name: "banks",
  description: "Collections of questions.",
  needs: [],
  mayWrite: mayWriteQuestions,
  shape: z.strictObject({ key: key(), name: line(), description: prose().default("") }),

  async write(run, items) {
    const { tx } = run;
    return writeKeyed(run, items, {
      what: "bank",
      known: await knownBanks(tx, null),
      pathOf: (field) => field.join("."),
      create: async ({ key: externalKey, name, description }) => {
        const bank = await tx.insert(QuestionBank, { name, description, externalKey });
        await announce(tx, "question_bank.created", bank);
        return bank.id;
      },
      update: async (id, { name, description }) => {
        const bank = await tx.change(await tx.claim(QuestionBank, id), { name, description });
        await announce(tx, "question_bank.updated", bank, ["name", "description"]);
        return true;
      },
    });
  },

  read: async (reader, { bankId }) => (await knownBanks(reader, bankId)).map(({ item }) => item),
};

async function knownBanks(reader: Reader, bankId: string | null): Promise<Known<BankItem>[]> {
  const where = (bind: (value: unknown) => string) => (bankId ? `t.id = ${bind(bankId)}` : "true");
  const banks = await allRows(reader, QuestionBank, where, "order by t.id");
  return banks.map(({ id, externalKey, name, description }) => ({
    id,
    item: { key: externalKey ?? id, name, description },
  }));
}
