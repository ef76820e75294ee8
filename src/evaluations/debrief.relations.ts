import { isAuditor, type Viewer } from "../identity/viewer.rules";
import { isCalledOffSql, isCompleteSql } from "../interviews/interview-session.rules";
import type { Bind } from "../platform/db/nouns";
import { type Among, showsScoresSql } from "./score-sight.relations";

/**
 * Applications whose debrief is open, whoever may see it: organization_id, application_id, opened_at. There was an
 * interview, and each one that was not called off is COMPLETE. A session that nobody rates and nobody timed opened it
 * when it was last changed. Conditions on application_id are taken inside by the planner.
 */
export const OPEN_DEBRIEFS_SQL = `(
  select s.organization_id, s.application_id,
    coalesce(max(greatest(p.feedback_given_at, p.waived_at, case when s.ends_at <= now() then s.ends_at end)),
      max(s.updated_at)) as opened_at
  from interview_sessions s
  left join panelists p on p.organization_id = s.organization_id and p.session_id = s.id
  where not ${isCalledOffSql("s")}
  group by s.organization_id, s.application_id
  having bool_and(${isCompleteSql("s")}))`;

/** Condition under which the viewer takes part in the debrief of the application that `column` names. An auditor never does. */
export const showsDebriefSql = (column: string, viewer: Viewer, bind: Bind, among?: Among): string =>
  isAuditor(viewer) ? "false" : showsScoresSql(column, viewer, bind, among);
