import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import type { Fault } from "../platform/errors";
import { type Done, type FileItem, type ImportRun, type ItemFault, refused } from "../platform/exchange/section";
import { Turn } from "../platform/exchange/turn";
import { skillsBySlug } from "../skills/skill.actions";
import type { Skill } from "../skills/skill.entity";
import type { PublicationState } from "./publication.rules";
import { Question } from "./question.entity";
import { checksumOf, type Wording } from "./question.rules";
import { type KnownQuestion, type QuestionPlan, questionPlans } from "./question-plan.rules";
import { addQuestions, addVersions } from "./question-version.actions";
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
  const skills = await skillsBySlug(run.tx);
  const done: Done[] = [];
  const usable: Usable[] = [];
  const turn = new Turn();
  for (const [index, item] of items.entries()) {
    if (turn.isOver) await turn.pass();
    const faults = faultsOf(item, skills);
    if (faults.length > 0) {
      done[index] = refused(...faults);
      continue;
    }
    const { draft, skills: slugs } = item.value!;
    const wording = wordingOf({ ...draft, skillIds: slugs.map((slug) => skills.get(slug)!.id) });
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
function faultsOf(item: FileItem<FileQuestion>, skills: ReadonlyMap<string, Skill>): ItemFault[] {
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
  const changed: Changed[] = [];
  const fresh: Fresh[] = [];
  for (const [nth, each] of usable.entries()) {
    const plan = plans[nth]!;
    if (plan.kind === "update") changed.push({ id: plan.known.id, wording: each.wording, nth });
    else if (plan.kind === "create") fresh.push({ ...each, nth });
    else run.advance(1);
  }
  for (const some of inParts(changed)) await update(run, some, written);
  for (const some of ofOneBank(fresh)) await create(run, some, written);
  for (const id of written.values()) run.written.add(id);
  return written;
}

type Changed = { id: string; wording: Wording; nth: number };
type Fresh = Usable & { nth: number };
const stateOf = ({ publish }: ImportRun): PublicationState => (publish ? "READY" : "DRAFT");

async function update(run: ImportRun, some: readonly Changed[], written: Map<number, string>): Promise<void> {
  const ids = some.map(({ id }) => id);
  const rows = await allRows(run.tx, Question, (bind) => `t.id = any(${bind(ids)})`);
  const questions = new Map(rows.map((row) => [row.id, row]));
  const next = some.map(({ id, wording }) => ({ question: questions.get(id)!, wording }));
  await addVersions(run.tx, stateOf(run), next);
  for (const { id, nth } of some) written.set(nth, id);
  run.advance(some.length);
}

async function create(run: ImportRun, some: readonly Fresh[], written: Map<number, string>): Promise<void> {
  const { bankId } = some[0]!.item.value!;
  const rows = some.map(({ item, wording }) => ({ externalKey: item.value!.key, wording }));
  const questions = await addQuestions(run.tx, bankId, stateOf(run), rows);
  for (const [index, { nth }] of some.entries()) written.set(nth, questions[index]!.id);
  run.advance(some.length);
}

/** As many at once as leave something to watch. */
function* inParts<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += MOST_AT_ONCE) yield all.slice(start, start + MOST_AT_ONCE);
}

/** Questions of one bank each. */
function* ofOneBank<T extends Usable>(fresh: readonly T[]): Generator<T[]> {
  for (const bankId of new Set(fresh.map(({ item }) => item.value!.bankId))) {
    yield* inParts(fresh.filter(({ item }) => item.value!.bankId === bankId));
  }
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

/** The questions of the banks, locked, with the checksums of what counts now: nobody edits or reviews them meanwhile. */
async function knownQuestions(tx: Tx, bankIds: readonly string[]): Promise<KnownQuestion[]> {
  await tx.all("select from questions where bank_id = any($1) order by id for update", [bankIds]);
  return tx.all<KnownQuestion>(
    `select q.id, q.bank_id as "bankId", q.external_key as "externalKey", q.latest_number as "latestNumber",
       coalesce(bool_or(v.state = 'IN_REVIEW'), false) as "isInReview",
       max(v.checksum) filter (where v.number = q.latest_number) as latest,
       max(v.checksum) filter (where v.state = 'READY') as ready,
       max(v.checksum) filter (where v.state in ('DRAFT', 'IN_REVIEW')) as open
     from questions q
     join question_versions v on v.organization_id = q.organization_id and v.question_id = q.id
     where q.bank_id = any($1)
     group by q.organization_id, q.id`,
    [bankIds],
  );
}
