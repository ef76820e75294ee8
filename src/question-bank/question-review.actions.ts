import type { Ctx } from "../identity/viewer.type";
import { refuse } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { authorIdsOf, latestVersion, QUESTIONS, retireReady } from "./publication.actions";
import { movedTo, stateAfter } from "./publication.rules";
import { Question, QuestionVersion } from "./question.entity";
import type {
  CommentOnQuestionInput,
  DiscardQuestionDraftInput,
  RequestQuestionReviewInput,
  RetireQuestionInput,
  ReviewQuestionInput,
} from "./question.input";
import { isAuthor } from "./question-bank.policy";
import { QuestionComment } from "./question-comment.entity";

/** Hands the draft to the reviewers. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function requestQuestionReview(ctx: Ctx, { id, version }: RequestQuestionReviewInput): Promise<Question> {
  return ctx.db.transaction(async (tx) => {
    const question = await tx.claim(Question, id, version);
    const latest = await latestVersion(tx, QUESTIONS, question);
    await tx.change(latest, movedTo(latest, "IN_REVIEW"));
    const moved = await tx.change(question, {});
    await announce(tx, "question.review_requested", moved, ["state"]);
    return moved;
  });
}

/**
 * Publishes the version in review, or gives it back. Nobody reviews what they wrote.
 * @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE | OWN_WORK | COMMENT_MISSING
 */
export function reviewQuestion(ctx: Ctx, { id, version, verdict, comment }: ReviewQuestionInput): Promise<Question> {
  const text = comment?.trim() ?? "";
  if (verdict === "RETURNED" && text === "") {
    refuse("COMMENT_MISSING", "Say in `comment` what the authors should mend.", "comment");
  }
  return ctx.db.transaction(async (tx) => {
    const question = await tx.claim(Question, id, version);
    const latest = await latestVersion(tx, QUESTIONS, question);
    const next = movedTo(latest, stateAfter[verdict]);
    if (isAuthor(ctx.viewer, await authorIdsOf(tx, QUESTIONS, latest))) {
      refuse("OWN_WORK", `You wrote in version ${latest.number}: somebody else must review it.`);
    }
    if (verdict === "APPROVED") await retireReady(tx, QUESTIONS, question);
    await tx.change(latest, next);
    await tx.insert(QuestionComment, { questionVersionId: latest.id, authorId: ctx.viewer.id!, text, verdict });
    const reviewed = await tx.change(question, {});
    if (verdict === "APPROVED") await announce(tx, "question.published", reviewed, ["state"]);
    else await announce(tx, "question.returned", reviewed, ["state"]);
    return reviewed;
  });
}

/** Takes the READY version out of use. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function retireQuestion(ctx: Ctx, { id, version }: RetireQuestionInput): Promise<Question> {
  return ctx.db.transaction(async (tx) => {
    const question = await tx.claim(Question, id, version);
    if (!(await retireReady(tx, QUESTIONS, question))) refuse("ILLEGAL_MOVE", "No version of the question is READY.");
    const moved = await tx.change(question, {});
    await announce(tx, "question.retired", moved, ["state"]);
    return moved;
  });
}

/** Gives up the draft, which is kept as RETIRED. @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function discardQuestionDraft(ctx: Ctx, { id, version }: DiscardQuestionDraftInput): Promise<Question> {
  return ctx.db.transaction(async (tx) => {
    const question = await tx.claim(Question, id, version);
    const latest = await latestVersion(tx, QUESTIONS, question);
    if (latest.state !== "DRAFT") {
      refuse("ILLEGAL_MOVE", `Version ${latest.number}, the newest, is ${latest.state}: there is no draft to discard.`);
    }
    await tx.change(latest, movedTo(latest, "RETIRED"));
    const moved = await tx.change(question, {});
    await announce(tx, "question.draft_discarded", moved, ["state"]);
    return moved;
  });
}

/** Remarks on a version, in whatever state it is. @throws Refusal FORBIDDEN | NOT_FOUND | BAD_INPUT */
export function commentOnQuestion(
  ctx: Ctx,
  { questionVersionId, text }: CommentOnQuestionInput,
): Promise<QuestionComment> {
  if (text.trim() === "") refuse("BAD_INPUT", "`text` is blank: write the remark.", "text");
  return ctx.db.transaction(async (tx) => {
    const { questionId } = await tx.find(QuestionVersion, questionVersionId, "questionVersionId");
    const comment = { questionVersionId, authorId: ctx.viewer.id!, text, verdict: null };
    await announce(tx, "question.commented", await tx.find(Question, questionId));
    return tx.insert(QuestionComment, comment);
  });
}
