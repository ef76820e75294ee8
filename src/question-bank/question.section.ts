import { allRows, type Reader } from "../platform/db/reader";
import {
  type Done,
  type ExportScope,
  type FileItem,
  type ImportRun,
  refused,
  type Section,
} from "../platform/exchange/section";
import { QuestionVersion } from "./question.entity";
import { QuestionBank } from "./question-bank.entity";
import { mayWriteQuestions } from "./question-bank.policy";
import { type FileQuestion, writeQuestions } from "./question-file.actions";
import { itemOf } from "./question-file.rules";
import { draftOf, type QuestionItem } from "./question-item.rules";
import { questionShape } from "./question-shape.section";

/** Of each question the version that is READY, or else the one that is being written. */
export const questionSection: Section<QuestionItem> = {
  name: "questions",
  description: "What is asked, with keys and guidance. Retired questions are left out.",
  needs: ["skills", "banks"],
  mayWrite: mayWriteQuestions,
  shape: questionShape,

  async write(run, items) {
    const banks = await claimBanks(run, new Set(items.map(({ value }) => value!.bank)));
    const done: Done[] = [];
    const placed: { index: number; item: FileItem<FileQuestion> }[] = [];
    for (const [index, item] of items.entries()) {
      const { bank, key, skills } = item.value!;
      const bankId = banks.get(bank);
      if (bankId)
        placed.push({ index, item: { ...item, value: { key, bankId, skills, draft: draftOf(item.value!) } } });
      else {
        const message = `there is no bank \`${bank}\`: list it, or mend the key`;
        done[index] = refused({ line: item.lineAt("bank"), path: "bank", message });
        run.advance(1);
      }
    }
    const written = await writeQuestions(
      run,
      placed.map(({ item }) => item),
    );
    for (const [nth, { index }] of placed.entries()) done[index] = written[nth]!;
    return done;
  },

  read: exportedQuestions,
};

/** Key -> id of the banks that are there, locked: two imports into one bank would write the same question twice. */
async function claimBanks({ tx }: ImportRun, keys: ReadonlySet<string>): Promise<Map<string, string>> {
  const banks = await allRows(
    tx,
    QuestionBank,
    (bind) => `t.external_key = any(${bind([...keys])}) or t.id::text = any(${bind([...keys])})`,
    "order by t.id for update",
  );
  return new Map(
    banks.flatMap(({ id, externalKey }) => [id, externalKey].flatMap((key) => (key ? [[key, id] as const] : []))),
  );
}

/** A version with what the file says of it by key. */
type Exported = QuestionVersion & { key: string; bank: string; skills: string[] };

async function exportedQuestions(reader: Reader, { bankId }: ExportScope): Promise<QuestionItem[]> {
  const { select, name } = reader.model.table(QuestionVersion);
  const rows = await reader.all<Exported>(
    `select ${select}, coalesce(q.external_key, q.id::text) as key, coalesce(b.external_key, b.id::text) as bank,
       array(select s.slug from question_skills l join skills s on s.id = l.skill_id
             where l.question_version_id = t.id order by l.id) as skills
     from ${name} t
     join questions q on q.id = t.question_id
     join question_banks b on b.id = q.bank_id
     where (t.state = 'READY' or (t.state in ('DRAFT', 'IN_REVIEW') and not exists (
         select from question_versions r where r.question_id = t.question_id and r.state = 'READY')))
       and ($1::uuid is null or q.bank_id = $1)
     order by b.id, q.id`,
    [bankId],
  );
  return rows.map((row) => itemOf(row, row));
}
