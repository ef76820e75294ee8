import { isAuditor, isMember, type MemberViewer, type Viewer } from "../identity/viewer.rules";
import { isCalledOffSql, isCompleteSql } from "../interviews/interview-session.rules";
import type { Bind } from "../platform/db/nouns";
import { mayReadFromOutside } from "./scorecard.policy";

/*
 * Sets of sessions. `= any(array(…))` can be looked up in an index; what is left out is hashed by `not in (…)`, whose
 * columns are never null.
 */

/** Sessions on whose panel the member sits. */
const panelled = (me: string) => `(select p.session_id from panelists p where p.member_id = ${me})`;

/**
 * Of those, the ones whose submitted scorecards are open to the member.
 * @see docs/decisions/0006-blindness-in-one-predicate.md, which holds the table
 */
const opened = (me: string) => `(
  select p.session_id
  from panelists p
  join interview_sessions s on s.organization_id = p.organization_id and s.id = p.session_id
  where p.member_id = ${me}
    and case (select o.feedback_visibility from organizations o)
      when 'ALWAYS' then true
      when 'AFTER_OWN_SUBMISSION' then p.feedback_given_at is not null
        or ((not p.feedback_required or p.waived_at is not null) and ${isCompleteSql("s")})
      else false
    end)`;

/** Condition under which the member sits on the panel of the session that `column` names. */
export const isOnPanelSql = (column: string, { id }: MemberViewer, bind: Bind): string =>
  `${column} = any(array${panelled(bind(id))})`;

/** Condition under which the viewer may read the submitted scorecards of the session that `column` names. */
export function isOpenSql(column: string, viewer: Viewer, bind: Bind): string {
  if (!isMember(viewer)) return `(${mayReadFromOutside(viewer)})`;
  const me = bind(viewer.id);
  const inside = `${column} = any(array${opened(me)})`;
  return mayReadFromOutside(viewer) ? `(${inside} or ${column} not in ${panelled(me)})` : `(${inside})`;
}

/** Condition under which the session that `column` names keeps the scores of its application from the viewer. */
export function keepsScoresSql(column: string, viewer: Viewer, bind: Bind): string {
  if (!isMember(viewer)) return `(${!mayReadFromOutside(viewer)})`;
  const me = bind(viewer.id);
  const closed = `${column} not in ${opened(me)}`;
  const outside = mayReadFromOutside(viewer) || isAuditor(viewer);
  return outside ? `(${column} = any(array${panelled(me)}) and ${closed})` : `(${closed})`;
}

/** Condition under which the viewer owes the session that `column` names a scorecard. Nobody owes one that was called off. */
export function owesScorecardSql(column: string, viewer: Viewer, bind: Bind): string {
  if (!isMember(viewer)) return "(false)";
  return `(${column} = any(array(
    select p.session_id
    from panelists p
    join interview_sessions s on s.organization_id = p.organization_id and s.id = p.session_id
    where p.member_id = ${bind(viewer.id)} and p.feedback_required and p.waived_at is null and p.feedback_given_at is null
      and not ${isCalledOffSql("s")})))`;
}
