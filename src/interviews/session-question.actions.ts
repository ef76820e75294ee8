import { Application } from "../candidates/application.entity";
import { assertNotErased } from "../candidates/candidate-lock.actions";
import type { Ctx } from "../identity/viewer.type";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { recordUse } from "../question-bank/question-use.actions";
import { type InterviewKit, KitQuestion } from "./interview-kit.entity";
import { InterviewSession, Panelist } from "./interview-session.entity";
import { mayMarkAsked } from "./interview-session.policy";
import { stateAt } from "./interview-session.rules";
import { QuestionNote, SessionQuestion } from "./session-question.entity";
import type { MarkQuestionAskedInput, WriteQuestionNoteInput } from "./session-question.input";
import { marked, markingFaults, noteToCarryOn } from "./session-question.rules";

/** Copies what the kit asks, so that later changes of the kit change nothing in the session. */
export async function copyQuestions(tx: Tx, kit: InterviewKit, session: InterviewSession): Promise<void> {
  const questions = await allRows(tx, KitQuestion, (bind) => `t.kit_id = ${bind(kit.id)}`, "order by t.position");
  const copies = questions.map(({ questionVersionId, position, minutes }) => ({
    sessionId: session.id,
    questionVersionId,
    position,
    minutes,
    askedAt: null,
    spentSeconds: null,
  }));
  await tx.insertAll(SessionQuestion, copies);
}

/**
 * Marks a question as asked, or as not asked after all. Its use is counted once for the session, and stays counted.
 * @throws Refusal NOT_FOUND | FORBIDDEN | ILLEGAL_MOVE | BAD_INPUT
 */
export function markQuestionAsked(ctx: Ctx, input: MarkQuestionAskedInput): Promise<SessionQuestion> {
  return ctx.db.transaction(async (tx) => {
    const { sessionId } = await tx.find(SessionQuestion, input.sessionQuestionId, "sessionQuestionId");
    const session = await tx.hold(InterviewSession, sessionId, "sessionQuestionId");
    const panel = await allRows(tx, Panelist, (bind) => `t.session_id = ${bind(sessionId)}`);
    must(mayMarkAsked(ctx.viewer, panel), "mark questions of this session as asked");
    refuseAll(markingFaults(stateAt(session, ctx.now), input));
    const question = await tx.claim(SessionQuestion, input.sessionQuestionId);
    const marks = marked(question, input, ctx.now);
    if (marks.askedAt === question.askedAt && marks.spentSeconds === question.spentSeconds) return question;
    const { questionVersionId } = question;
    if (marks.askedAt)
      await recordUse(tx, { occasion: "ASKED", usedIn: sessionId, questionVersionIds: [questionVersionId] });
    await announce(tx, "session_question.marked", question, ["askedAt", "spentSeconds"]);
    return tx.change(question, marks);
  });
}

/** Writes the viewer's own note about a question. @throws Refusal NOT_FOUND | FORBIDDEN | ERASED | STALE_VERSION */
export function writeQuestionNote(
  ctx: Ctx,
  { sessionQuestionId, text, version = null }: WriteQuestionNoteInput,
): Promise<QuestionNote> {
  return ctx.db.transaction(async (tx) => {
    const { sessionId } = await tx.find(SessionQuestion, sessionQuestionId, "sessionQuestionId");
    const { applicationId } = await tx.find(InterviewSession, sessionId);
    const application = await tx.hold(Application, applicationId);
    const seat = await claimOwnSeat(tx, sessionId);
    must(seat !== null, "take notes here: only the session's panel does");
    await assertNotErased(tx, application, "sessionQuestionId");
    const { memberId: authorId } = seat;
    const own = await allRows(
      tx,
      QuestionNote,
      (bind) => `t.session_question_id = ${bind(sessionQuestionId)} and t.author_id = ${bind(authorId)}`,
    );
    const note = noteToCarryOn(own[0] ?? null, version);
    if (!note) return tx.insert(QuestionNote, { sessionQuestionId, authorId, text });
    return tx.change(await tx.claim(QuestionNote, note.id, version!), { text });
  });
}

/** Locked, so that two tabs of one author take turns. */
async function claimOwnSeat(tx: Tx, sessionId: string): Promise<Panelist | null> {
  const [seat = null] = await allRows(
    tx,
    Panelist,
    (bind) => `t.session_id = ${bind(sessionId)} and t.member_id = ${bind(tx.viewer.id)}`,
    "for update of t",
  );
  return seat;
}
