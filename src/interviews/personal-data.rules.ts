import { isCalledOffSql, isCompleteSql } from "./interview-session.rules";

/** Whom the texts of kits, sessions and panels are about. A room or a link may say with whom somebody meets. */
export const texts = {
  InterviewKit: { name: "NONE", externalKey: "NONE" },
  InterviewSession: { state: "NONE", timeZone: "NONE", place: "CANDIDATE" },
  Panelist: { seat: "NONE", waivedReason: "CANDIDATE", response: "NONE", responseNote: "CANDIDATE" },
  ScheduleChange: { reason: "CANDIDATE", timeZone: "NONE", place: "CANDIDATE" },
  QuestionNote: { text: "CANDIDATE" },
  CalendarAddress: { label: "MEMBER", secretHash: "NONE" },
} as const;

/** By whom something is, as the candidate reads it: others' names are theirs. */
export type AuthorName = (memberId: string | null) => string;

/** Panellists in the order in which they are given: the first is "interviewer 1". */
export function authorNames(panellistIds: readonly string[]): AuthorName {
  const numbers = new Map([...new Set(panellistIds)].map((id, index) => [id, index + 1]));
  return (memberId) => {
    if (memberId === null) return "the system";
    const number = numbers.get(memberId);
    return number === undefined ? "the hiring team" : `interviewer ${number}`;
  };
}

/** Ids of the sessions of the candidate that a placeholder names, as an SQL array. */
export const sessionsOfCandidateSql = (candidate: string): string => `array(
  select s.id from interview_sessions s
  join applications a on a.organization_id = s.organization_id and a.id = s.application_id
  where a.candidate_id = ${candidate})`;

/** Whether the session `alias` is over. What is being written about others is told once it is: until then it is its author's alone. */
export const isOverSql = (alias: string): string => `(${isCalledOffSql(alias)} or ${isCompleteSql(alias)})`;
