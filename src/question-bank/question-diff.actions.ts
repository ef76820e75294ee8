import type { Ctx } from "../identity/viewer.type";
import { children } from "../platform/db/loaders";
import { visibleRows } from "../platform/db/reader";
import { refuse } from "../platform/errors";
import type { Skill } from "../skills/skill.entity";
import { type Question, QuestionVersion } from "./question.entity";
import { skillsOfQuestionVersion } from "./question.relations";
import { maySeeKeys } from "./question-bank.policy";
import { changesBetween, type QuestionChange, type Told } from "./question-diff.rules";

/** How one version of a question differs from another, by their numbers. @throws Refusal NOT_FOUND */
export async function differenceOf(ctx: Ctx, question: Question, from: number, to: number): Promise<QuestionChange[]> {
  const [before, after] = await Promise.all([told(ctx, question, from, "from"), told(ctx, question, to, "to")]);
  return changesBetween(before, after, { keys: maySeeKeys(ctx.viewer) });
}

async function told({ db }: Ctx, question: Question, number: number, field: string): Promise<Told> {
  const version = await versionNumbered(db, question.id, number);
  if (!version) {
    const newest = question.latestNumber;
    refuse("NOT_FOUND", `The question has no version ${number}; its versions are 1 to ${newest}.`, field);
  }
  const skills = (await children(db, skillsOfQuestionVersion, version)) as Skill[];
  return { ...version, skills: skills.map(({ slug }) => slug) };
}

/** Batched per operation, whatever the numbers are. */
function versionNumbered(db: Ctx["db"], questionId: string, number: number): Promise<QuestionVersion | null> {
  const keyOf = (id: string, version: number) => `${id} ${version}`;
  const loader = db.loader<string, QuestionVersion | null>("QuestionVersion by number", async (keys) => {
    const pairs = keys.map((key) => key.split(" "));
    const rows = await visibleRows(
      db,
      QuestionVersion,
      (bind) => `(t.question_id, t.number) in (
        select * from unnest(${bind(pairs.map(([id]) => id))}::uuid[], ${bind(pairs.map(([, each]) => each))}::integer[]))`,
    );
    const found = new Map(rows.map((row) => [keyOf(row.questionId, row.number), row]));
    return keys.map((key) => found.get(key) ?? null);
  });
  return loader.load(keyOf(questionId, number));
}
