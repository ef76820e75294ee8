import type { Class } from "../platform/class";
import { allRows, type Reader } from "../platform/db/reader";
import type { OrganizationRow } from "../platform/db/row";
import { InterviewSession, Panelist } from "./interview-session.entity";
import { type AuthorName, authorNames, isOverSql, sessionsOfCandidateSql } from "./personal-data.rules";
import { ScheduleChange } from "./schedule.entity";
import { QuestionNote, SessionQuestion } from "./session-question.entity";

/** How the candidate reads who wrote something: panellists are numbered, the same in every part of an export. */
export async function authorsFor(reader: Reader, candidateId: string): Promise<AuthorName> {
  const panels = await ofSessions(reader, candidateId, Panelist, "session_id");
  return authorNames(panels.map(({ memberId }) => memberId));
}

/** The candidate's sessions with their panels, times, questions and notes. */
export async function exportedSessions(
  reader: Reader,
  candidateId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const by = await authorsFor(reader, candidateId);
  const sessions = await ofSessions(reader, candidateId, InterviewSession, "id");
  const panel = await ofSessions(reader, candidateId, Panelist, "session_id");
  const changes = await ofSessions(reader, candidateId, ScheduleChange, "session_id");
  const questions = await ofSessions(reader, candidateId, SessionQuestion, "session_id");
  const notes = await notesOf(reader, candidateId);
  return {
    interviewSessions: sessions.map((session) => ({
      ...sessionTold(session),
      panel: within(panel, session).map((seat) => seatTold(seat, by)),
      times: within(changes, session).map((change) => changeTold(change, by)),
      questions: within(questions, session).map((question) => questionTold(question, notes, by)),
    })),
  };
}

/** In the order in which they were made. */
const ofSessions = <E extends OrganizationRow>(
  reader: Reader,
  candidateId: string,
  entity: Class<E>,
  column: string,
): Promise<E[]> =>
  allRows(
    reader,
    entity,
    (bind) => `t.${column} = any(${sessionsOfCandidateSql(bind(candidateId))})`,
    "order by t.created_at, t.id",
  );

const notesOf = (reader: Reader, candidateId: string): Promise<QuestionNote[]> =>
  allRows(
    reader,
    QuestionNote,
    (bind) => `t.session_question_id = any(array(
      select q.id from session_questions q
      join interview_sessions s on s.organization_id = q.organization_id and s.id = q.session_id
      where s.id = any(${sessionsOfCandidateSql(bind(candidateId))}) and ${isOverSql("s")}))`,
    "order by t.id",
  );

const within = <T extends { sessionId: string }>(rows: readonly T[], { id }: InterviewSession): T[] =>
  rows.filter(({ sessionId }) => sessionId === id);

const sessionTold = ({ id, applicationId, state, startsAt, endsAt, timeZone, place, createdAt }: InterviewSession) => ({
  id,
  applicationId,
  state,
  startsAt,
  endsAt,
  timeZone,
  place,
  createdAt,
});

const seatTold = (
  { memberId, seat, response, responseNote, feedbackGivenAt, waivedAt, waivedReason }: Panelist,
  by: AuthorName,
) => ({ who: by(memberId), seat, response, responseNote, feedbackGivenAt, waivedAt, waivedReason });

const changeTold = (
  { changedById, reason, startsAt, endsAt, timeZone, place, createdAt }: ScheduleChange,
  by: AuthorName,
) => ({ by: by(changedById), reason, startsAt, endsAt, timeZone, place, createdAt });

const questionTold = (
  { id, askedAt, spentSeconds }: SessionQuestion,
  notes: readonly QuestionNote[],
  by: AuthorName,
) => ({
  id,
  askedAt,
  spentSeconds,
  notes: notes
    .filter(({ sessionQuestionId }) => sessionQuestionId === id)
    .map(({ authorId, text, updatedAt }) => ({ by: by(authorId), text, updatedAt })),
});
