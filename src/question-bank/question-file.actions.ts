import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import type { Fault } from "../platform/errors";
import { type Done, type FileItem, type ImportRun, type ItemFault, refused } from "../platform/exchange/section";
import { Skill } from "../skills/skill.entity";
import { isOpen, movedTo } from "./publication.rules";
import { latestVersion } from "./question.actions";
import { Question } from "./question.entity";
import { checksumOf, type Wording } from "./question.rules";
import { type KnownQuestion, type QuestionPlan, questionPlans } from "./question-plan.rules";
import { addQuestions, addVersion } from "./question-version.actions";
import { type WordingDraft, wordingFaults, wordingOf } from "./wording.rules";

/** Questions that are written by one statement. */
const MOST_AT_ONCE = 250;

/** A question of a file of any format. */
export interface FileQuestion {
  /** Null where the format has no keys: it is known by what it says. */
  key: string | null;
  bankId: string;
  /** Skills by slug. */
  skills: readonly string[];
  draft: WordingDraft;
}

/** A question that can be written. */
interface Usable {
  index: number;
  item: FileItem<FileQuestion>;
  wording: Wording;
  checksum: string;
}

/** Brings the questions of a file into their banks, which must have been claimed. In the order of the file. */
export async function writeQuestions(run: ImportRun, items: readonly FileItem<FileQuestion>[]): Promise<Done[]> {
  const skills = new Map((await allRows(run.tx, Skill, () => "true")).map(({ slug, id }) => [slug, id]));
  const done: Done[] = [];
  const usable: Usable[] = [];
  for (const [index, item] of items.entries()) {
    const faults = faultsOf(item, skills);
    if (faults.length > 0) {
      done[index] = refused(...faults);
      continue;
    }
    const { draft, skills: slugs } = item.value!;
    const wording = wordingOf({ ...draft, skillIds: slugs.map((slug) => skills.get(slug)!) });
    usable.push({ index, item, wording, checksum: checksumOf(wording) });
  }
  const known = await knownQuestions(run.tx, [...new Set(usable.map(({ item }) => item.value!.bankId))]);
  const candidates = usable.map(({ item, checksum }) => ({ ...item.value!, checksum, line: item.line }));
  const plans = questionPlans(candidates, known, run.publish);
  run.advance(items.length - usable.length);
  const written = await carryOut(run, usable, plans);
  for (const [nth, { index, item }] of usable.entries()) done[index] = doneOf(plans, nth, item, written);
  return done;
}

/** What is wrong with the question, where it stands in the file. */
function faultsOf(item: FileItem<FileQuestion>, skills: ReadonlyMap<string, string>): ItemFault[] {
  const { draft, skills: slugs } = item.value!;
  const at = (path: string, message: string): ItemFault => ({ line: item.lineAt(path), path, message });
  const unknown = slugs.flatMap((slug, index) =>
    skills.has(slug) ? [] : [at(`skills.${index}`, `there is no skill \`${slug}\`: list it, or mend the key`)],
  );
  return [...unknown, ...wordingFaults(draft).map(({ field, message }) => at(pathOf(field), message))];
}

/** The API's fields of the content have other names in the file. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  acceptedTexts: "accepted",
  acceptedIntervals: "accepted",
  creditMillis: "credit",
};
const pathOf = (field: Fault["field"]): string => (field ?? []).map((step) => FILE_NAMES[step] ?? step).join(".");

/** Writes what the plans say; answers index -> id of the question that was written. */
async function carryOut(
  run: ImportRun,
  usable: readonly Usable[],
  plans: readonly QuestionPlan[],
): Promise<Map<number, string>> {
  const written = new Map<number, string>();
  for (const [nth, plan] of plans.entries()) {
    if (plan.kind === "update") written.set(nth, await update(run, plan.known, usable[nth]!.wording));
    if (plan.kind !== "create") run.advance(1);
  }
  const fresh = usable.flatMap((each, nth) => (plans[nth]!.kind === "create" ? [{ ...each, nth }] : []));
  for (const some of together(fresh)) {
    const state = run.publish ? "READY" : "DRAFT";
    const rows = some.map(({ item, wording }) => ({ externalKey: item.value!.key, wording }));
    const questions = await addQuestions(run.tx, some[0]!.item.value!.bankId, state, rows);
    for (const [index, { nth }] of some.entries()) written.set(nth, questions[index]!.id);
    run.advance(some.length);
  }
  for (const id of written.values()) run.written.add(id);
  return written;
}

/** Questions of one bank, as many at once as leave something to watch. */
function* together<T extends Usable>(fresh: readonly T[]): Generator<T[]> {
  for (const bankId of new Set(fresh.map(({ item }) => item.value!.bankId))) {
    const some = fresh.filter(({ item }) => item.value!.bankId === bankId);
    for (let start = 0; start < some.length; start += MOST_AT_ONCE) yield some.slice(start, start + MOST_AT_ONCE);
  }
}

/** The next version of a question. A draft that somebody left is kept as RETIRED. */
async function update({ tx, publish }: ImportRun, { id }: KnownQuestion, wording: Wording): Promise<string> {
  const question = await tx.claim(Question, id);
  const latest = await latestVersion(tx, question);
  if (isOpen(latest.state)) await tx.change(latest, movedTo(latest, "RETIRED"));
  await addVersion(tx, question, publish ? "READY" : "DRAFT", wording);
  return id;
}

function doneOf(
  plans: readonly QuestionPlan[],
  nth: number,
  item: FileItem<FileQuestion>,
  written: ReadonlyMap<number, string>,
): Done {
  const plan = plans[nth]!;
  switch (plan.kind) {
    case "create":
      return { outcome: "CREATED", id: written.get(nth)!, faults: [] };
    case "update":
      return { outcome: "UPDATED", id: plan.known.id, faults: [] };
    case "unchanged":
      return { outcome: "UNCHANGED", id: plan.known.id, faults: [] };
    case "repeat": {
      const first = doneOf(plans, plan.sameAs, item, written);
      return first.id === null ? first : { ...first, outcome: "UNCHANGED" };
    }
    case "ignore":
    case "refuse": {
      const fault = { line: item.lineAt("key"), path: "key", message: plan.reason };
      return { outcome: plan.kind === "ignore" ? "IGNORED" : "REFUSED", id: null, faults: [fault] };
    }
  }
}

/** The questions of the banks, with the checksums of what counts now. */
function knownQuestions(tx: Tx, bankIds: readonly string[]): Promise<KnownQuestion[]> {
  return tx.all<KnownQuestion>(
    `select q.id, q.bank_id as "bankId", q.external_key as "externalKey", q.latest_number as "latestNumber",
       coalesce(bool_or(v.state = 'IN_REVIEW'), false) as "isInReview",
       max(v.checksum) filter (where v.state = 'READY') as ready,
       max(v.checksum) filter (where v.state in ('DRAFT', 'IN_REVIEW')) as open
     from questions q
     join question_versions v on v.organization_id = q.organization_id and v.question_id = q.id
     where q.bank_id = any($1)
     group by q.organization_id, q.id`,
    [bankIds],
  );
}
