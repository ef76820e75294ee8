import type { Fresh, Tx } from "../platform/db/tx";
import { announceAll } from "../platform/journal/announce";
import { addAuthor, QUESTIONS } from "./publication.actions";
import type { PublicationState } from "./publication.rules";
import { Question, QuestionAuthor, QuestionSkill, QuestionVersion } from "./question.entity";
import { checksumOf, type Wording } from "./question.rules";

/*
 * How versions are written, in the transaction of whoever calls: by hand, or by an import.
 */

interface NewQuestion {
  externalKey: string | null;
  wording: Wording;
}

/** Adds questions with their first versions to a bank. In the order given. */
export async function addQuestions(
  tx: Tx,
  bankId: string,
  state: PublicationState,
  fresh: readonly NewQuestion[],
): Promise<Question[]> {
  const rows = fresh.map(({ externalKey }) => ({ bankId, externalKey, latestNumber: 1 }));
  const questions = await tx.insertAll(Question, rows);
  const written = questions.map((question, index) => ({ question, state, wording: fresh[index]!.wording }));
  await insertVersions(tx, written);
  await announceAll(tx, "question.created", questions);
  return questions;
}

/** Gives a claimed question its next version. A READY one retires the one before it. */
export async function addVersion(
  tx: Tx,
  question: Question,
  state: PublicationState,
  wording: Wording,
): Promise<Question> {
  const [next] = await addVersions(tx, state, [{ question, wording }]);
  return next!;
}

interface NextVersion {
  /** Claimed. */
  question: Question;
  wording: Wording;
}

/** The same of many. A draft that somebody left is kept as RETIRED. In the order given. */
export async function addVersions(
  tx: Tx,
  state: PublicationState,
  written: readonly NextVersion[],
): Promise<Question[]> {
  const ids = written.map(({ question }) => question.id);
  const earlier = await earlierAuthors(
    tx,
    ids,
    written.map(({ wording }) => checksumOf(wording)),
  );
  const followed = state === "READY" ? "<> 'RETIRED'" : "= 'DRAFT'";
  await tx.all(`update question_versions set state = 'RETIRED' where question_id = any($1) and state ${followed}`, [
    ids,
  ]);
  const next = await numberedOn(tx, written);
  const versions = await insertVersions(
    tx,
    next.map((question, index) => ({ question, state, wording: written[index]!.wording })),
  );
  await tieAuthors(tx, versions, earlier);
  if (state === "READY") await announceAll(tx, "question.published", next, ["wording"]);
  else await announceAll(tx, "question.updated", next, ["wording"]);
  return next;
}

/** The questions with the number of their next version, which counts as a change of them: one statement for all. */
async function numberedOn(tx: Tx, written: readonly NextVersion[]): Promise<Question[]> {
  const { now } = tx.occasion;
  await tx.all(
    `update questions set latest_number = latest_number + 1, version = version + 1, updated_at = $2 where id = any($1)`,
    [written.map(({ question }) => question.id), now],
  );
  return written.map(({ question }) => {
    const { latestNumber, version } = question;
    return { ...question, latestNumber: latestNumber + 1, version: version + 1, updatedAt: now };
  });
}

/** Writes a draft anew. */
export async function rewriteVersion(tx: Tx, draft: QuestionVersion, wording: Wording): Promise<void> {
  const { skillIds, ...said } = wording;
  await tx.change(draft, { ...said, tags: [...said.tags], checksum: checksumOf(wording) });
  await tx.all("delete from question_skills where question_version_id = $1", [draft.id]);
  await insertSkills(tx, [{ id: draft.id, skillIds }]);
  await addAuthor(tx, QUESTIONS, [draft.id]);
}

interface Written {
  /** Whose newest version it is. */
  question: Question;
  state: PublicationState;
  wording: Wording;
}

async function insertVersions(tx: Tx, written: readonly Written[]): Promise<QuestionVersion[]> {
  const versions = await tx.insertAll(QuestionVersion, written.map(versionOf));
  await insertSkills(
    tx,
    versions.map(({ id }, index) => ({ id, skillIds: written[index]!.wording.skillIds })),
  );
  await addAuthor(
    tx,
    QUESTIONS,
    versions.map(({ id }) => id),
  );
  return versions;
}

interface Authorship {
  questionId: string;
  memberId: string;
}

/** Who wrote in the drafts that are followed now, or said the same before: they are authors of what comes next, too. */
function earlierAuthors(tx: Tx, questionIds: readonly string[], checksums: readonly string[]): Promise<Authorship[]> {
  return tx.all(
    `select distinct v.question_id as "questionId", a.member_id as "memberId"
     from question_versions v
     join question_authors a on a.organization_id = v.organization_id and a.question_version_id = v.id
     where v.question_id = any($1) and (v.state = 'DRAFT' or v.checksum = any($2))`,
    [questionIds, checksums],
  );
}

/** Beside whoever writes now, who is tied already. */
async function tieAuthors(tx: Tx, versions: readonly QuestionVersion[], earlier: readonly Authorship[]): Promise<void> {
  const versionIds = new Map(versions.map(({ questionId, id }) => [questionId, id]));
  const others = earlier.filter(({ memberId }) => memberId !== tx.viewer.id);
  await tx.insertAll(
    QuestionAuthor,
    others.map(({ questionId, memberId }) => ({ questionVersionId: versionIds.get(questionId)!, memberId })),
  );
}

function versionOf({ question, state, wording }: Written): Fresh<QuestionVersion> {
  const { skillIds: _, ...said } = wording;
  const { id: questionId, latestNumber: number } = question;
  const unused = { useCount: 0, lastUsedAt: null };
  return { ...said, ...unused, tags: [...said.tags], questionId, number, state, checksum: checksumOf(wording) };
}

async function insertSkills(tx: Tx, versions: readonly { id: string; skillIds: readonly string[] }[]): Promise<void> {
  const ties = versions.flatMap(({ id, skillIds }) => skillIds.map((skillId) => ({ questionVersionId: id, skillId })));
  await tx.insertAll(QuestionSkill, ties);
}
