import { maySee } from "../identity/grant.rules";
import { isAuditor, type Viewer } from "../identity/viewer.rules";
import { isCalledOffSql, isCompleteSql } from "../interviews/interview-session.rules";
import type { Bind } from "../platform/db/nouns";
import { keepsScoresSql, owesScorecardSql } from "../scorecards/blindness.relations";

/*
 * Whose score is kept from the viewer; whether they see the application at all is another question.
 * @see docs/decisions/0006-blindness-in-one-predicate.md
 */

export interface Among {
  /** Placeholder of the ids of the only applications that are asked about, where the caller knows them: it spares a scan. */
  among?: string;
}

/** Applications of which a session keeps its scores from the viewer. */
const keptSql = (viewer: Viewer, bind: Bind, { among }: Among): string => `
  select s.application_id from interview_sessions s
  where ${among ? `s.application_id = any(${among}) and` : ""} not ${isCalledOffSql("s")}
    and (${keepsScoresSql("s.id", viewer, bind)} or ${owesScorecardSql("s.id", viewer, bind)})`;

/** The same by sessions that were called off after a scorecard had come in: what is stored may tell of it. */
const keptAsBeforeSql = (viewer: Viewer, bind: Bind): string => `
  select s.application_id
  from interview_sessions s
  join scorecards c on c.organization_id = s.organization_id and c.session_id = s.id
  where ${isCalledOffSql("s")} and c.submitted_at is not null and ${keepsScoresSql("s.id", viewer, bind)}`;

/** Whether scores are shown to the viewer at all: they are no nouns, of which the table of permissions tells, but go with one. */
const maySeeScores = (viewer: Viewer): boolean => maySee(viewer, "Standing");

/** Condition under which no session of the application that `column` names keeps its scores from the viewer. */
export const showsScoresSql = (column: string, viewer: Viewer, bind: Bind, among: Among = {}): string =>
  maySeeScores(viewer) ? `(${column} <> all(array(${keptSql(viewer, bind, among)})))` : "false";

/**
 * The same of what is stored: it was made of all sessions, and may still tell of one that was called off since. An
 * auditor sees it once they are all COMPLETE.
 */
export function showsStoredScoresSql(column: string, viewer: Viewer, bind: Bind): string {
  const shown = `${column} <> all(array(${keptSql(viewer, bind, {})} union all ${keptAsBeforeSql(viewer, bind)}))`;
  if (!isAuditor(viewer)) return `(${shown})`;
  return `(${shown} and ${column} <> all(array(
    select s.application_id from interview_sessions s where not ${isCalledOffSql("s")} and not ${isCompleteSql("s")})))`;
}
