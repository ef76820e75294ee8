import type { Ctx } from "../identity/viewer.type";
import { refreshStatistics } from "../platform/db/statistics";
import type { Tx } from "../platform/db/tx";
import { must, Refusal, refuse } from "../platform/errors";
import { type Done, type FileItem, type ImportRun, refused } from "../platform/exchange/section";
import { oneAtATime } from "../platform/exchange/turn";
import { announce } from "../platform/journal/announce";
import { Skill } from "../skills/skill.entity";
import { type Batch, batchesOf } from "./bank-file.actions";
import type { Import } from "./import.entity";
import type { ImportBankInput } from "./import.input";
import { countsOf, type OutcomeCounts } from "./import.rules";
import { watchedImport } from "./import-watch.actions";
import { Question, QuestionSkill, QuestionVersion } from "./question.entity";
import { QuestionBank } from "./question-bank.entity";
import { mayVouch } from "./question-bank.policy";

/** One file at a time in the server's process: what a large one is read into is many times its size. */
const readInLine = oneAtATime();

/** What became of one item of the file. */
export interface ImportedItem extends Done, Pick<FileItem, "line" | "path" | "key" | "title"> {
  section: string;
}

export interface ImportReport {
  dryRun: boolean;
  /** Null on a dry run, of which nothing stays. */
  import: Import | null;
  counts: OutcomeCounts;
  /** By line. */
  items: ImportedItem[];
}

/**
 * Brings a file in: all that can be read, in one transaction; what cannot is reported with its line.
 * @throws Refusal FORBIDDEN | NOT_FOUND | BAD_INPUT | FILE_TOO_LARGE | FILE_UNREADABLE | FILE_EMPTY | IMPORT_RUNNING
 */
export async function importBank(ctx: Ctx, input: ImportBankInput): Promise<ImportReport> {
  const { format, text, publish, dryRun } = input;
  if (publish) must(mayVouch(ctx.viewer), "publish what nobody reviewed here");
  const defaults = await defaultsOf(ctx, input);
  const batches = await readInLine(() => batchesOf(format, text, defaults));
  await assertPermitted(ctx, publish, batches);
  if (dryRun) {
    const items = await rehearsed(ctx, publish, batches);
    return { dryRun, import: null, counts: countsOf(items), items: items.map(withoutNewIds) };
  }
  const report = await watched(ctx, input, batches);
  await refreshStatistics(ctx.db.database, [Question, QuestionVersion, QuestionSkill]);
  return report;
}

/** What questions of a file that names neither bank nor skills get. */
async function defaultsOf({ db }: Ctx, { format, bankId, skillIds }: ImportBankInput) {
  if (format === "YAML") {
    if (bankId) refuse("BAD_INPUT", "A YAML file names its banks: leave `bankId` out.", "bankId");
    if (skillIds?.length) refuse("BAD_INPUT", "A YAML file names its skills: leave `skillIds` out.", "skillIds");
    return { bankId: null, skills: [] };
  }
  if (!bankId) return refuse("BAD_INPUT", `A ${format} file names no bank: give \`bankId\`.`, "bankId");
  return db.transaction(async (tx) => {
    await tx.find(QuestionBank, bankId, "bankId");
    const skills = await tx.findAll(Skill, skillIds ?? [], (index) => ["skillIds", `${index}`]);
    return { bankId, skills: skills.map(({ slug }) => slug) };
  });
}

/** What would become of the file; it leaves no row that could tell how far it is. */
const rehearsed = (ctx: Ctx, publish: boolean, batches: readonly Batch[]): Promise<ImportedItem[]> =>
  ctx.db.rehearsal((tx) => bringIn({ tx, publish, written: new Set(), advance: () => undefined }, batches));

/** A file may hold what the viewer may not change, as an export of theirs does, where it is there already. @throws Refusal FORBIDDEN */
async function assertPermitted(ctx: Ctx, publish: boolean, batches: readonly Batch[]): Promise<void> {
  const closed = batches.flatMap(({ section }) => (section.mayWrite(ctx.viewer) ? [] : [section.name]));
  if (closed.length === 0) return;
  for (const { section, outcome } of await rehearsed(ctx, publish, batches)) {
    if (outcome !== "UNCHANGED" && outcome !== "IGNORED") must(!closed.includes(section), `import \`${section}\``);
  }
}

/** Brings the batches in, and lets everybody watch. */
async function watched(
  ctx: Ctx,
  { format, publish, dryRun }: ImportBankInput,
  batches: readonly Batch[],
): Promise<ImportReport> {
  const count = batches.reduce((sum, { items }) => sum + items.length, 0);
  const watch = await watchedImport(ctx, format, count);
  try {
    const { items, ended } = await ctx.db.transaction(async (tx) => {
      watch.begin();
      const brought = await bringIn({ tx, publish, written: new Set(), advance: watch.advance }, batches);
      await announce(tx, "import.done", watch.import);
      return { items: brought, ended: await watch.finish(tx) };
    });
    return { dryRun, import: ended, counts: countsOf(items), items };
  } catch (error) {
    const failure = error instanceof Refusal ? error.message : `The server failed at request ${ctx.requestId}.`;
    // What went wrong first is what the caller hears of.
    await watch.fail(failure).catch(() => undefined);
    throw error;
  }
}

/** Writes a file's batches in the caller's transaction. One import at a time in an organisation. @throws Refusal IMPORT_RUNNING */
export async function bringIn(run: ImportRun, batches: readonly Batch[]): Promise<ImportedItem[]> {
  await claimImports(run.tx);
  const brought: ImportedItem[] = [];
  for (const { section, items, write } of batches) {
    const readable = items.filter(({ value }) => value !== null);
    const done = await write(run, readable);
    run.advance(items.length - readable.length);
    const became = new Map(readable.map((item, index) => [item, done[index]!]));
    for (const item of items) {
      const { line, path, key, title } = item;
      brought.push({ section: section.name, line, path, key, title, ...(became.get(item) ?? unread(item)) });
    }
  }
  return brought.sort((one, other) => one.line - other.line);
}

function unread({ ignored, line, faults }: FileItem): Done {
  if (ignored === undefined) return refused(...faults);
  return { outcome: "IGNORED", id: null, faults: [{ line, path: "", message: ignored }] };
}

async function claimImports(tx: Tx): Promise<void> {
  const lock = "select pg_try_advisory_xact_lock(hashtextextended('import ' || $1, 0)) as mine";
  const [row] = await tx.all<{ mine: boolean }>(lock, [tx.viewer.organizationId]);
  if (!row!.mine) refuse("IMPORT_RUNNING", "Another import is under way here: repeat this one when it is DONE.");
}

/** What a dry run would create is not there afterwards. */
const withoutNewIds = (item: ImportedItem): ImportedItem => (item.outcome === "CREATED" ? { ...item, id: null } : item);
