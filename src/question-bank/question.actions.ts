import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { refuse, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Skill } from "../skills/skill.entity";
import { latestVersion, QUESTIONS } from "./publication.actions";
import { Question } from "./question.entity";
import type { CreateQuestionInput, EditQuestionInput } from "./question.input";
import type { Wording } from "./question.rules";
import { QuestionBank } from "./question-bank.entity";
import { addQuestions, addVersion, rewriteVersion } from "./question-version.actions";
import { type WordingDraft, wordingFaults, wordingOf } from "./wording.rules";

/**
 * Writes a question, whose first version is a DRAFT.
 * @throws Refusal FORBIDDEN | NOT_FOUND | QUESTION_UNUSABLE | ALREADY_EXISTS
 */
export function createQuestion(ctx: Ctx, { bankId, externalKey, ...draft }: CreateQuestionInput): Promise<Question> {
  const wording = usable(draft);
  return ctx.db.transaction(async (tx) => {
    await tx.find(QuestionBank, bankId, "bankId");
    await findSkills(tx, wording);
    const fresh = { externalKey: externalKey ?? null, wording };
    const [question] = await addQuestions(tx, bankId, "DRAFT", [fresh]);
    return question!;
  });
}

/**
 * Changes the draft; where there is none, makes the next version as a DRAFT.
 * @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | QUESTION_UNUSABLE | ILLEGAL_MOVE
 */
export function editQuestion(ctx: Ctx, { id, version, ...draft }: EditQuestionInput): Promise<Question> {
  const wording = usable(draft);
  return ctx.db.transaction(async (tx) => {
    const question = await tx.claim(Question, id, version);
    await findSkills(tx, wording);
    const latest = await latestVersion(tx, QUESTIONS, question);
    if (latest.state === "IN_REVIEW") {
      refuse("ILLEGAL_MOVE", `Version ${latest.number} is IN_REVIEW: edit it once it was returned or approved.`);
    }
    if (latest.state !== "DRAFT") return addVersion(tx, question, "DRAFT", wording);
    await rewriteVersion(tx, latest, wording);
    const next = await tx.change(question, {});
    await announce(tx, "question.updated", next, ["wording"]);
    return next;
  });
}

/** @throws Refusal QUESTION_UNUSABLE with every fault */
function usable(draft: WordingDraft): Wording {
  refuseAll(wordingFaults(draft));
  return wordingOf(draft);
}

const findSkills = (tx: Tx, { skillIds }: Wording): Promise<Skill[]> =>
  tx.findAll(Skill, skillIds, (index) => ["skillIds", `${index}`]);
