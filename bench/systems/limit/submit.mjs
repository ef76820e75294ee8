/** A scorecard handed in by one statement: the checks, the locks and the rows of src/scorecards/scorecard.actions.ts. */
import { stateAtSql } from "../../../dist/src/interviews/interview-session.rules.js";

const OWES = "p.feedback_required and p.feedback_given_at is null and p.waived_at is null";

/** $1 scorecard, $2 version, $3 the author's address, $4 id for the journal, $5 now. */
export const SUBMIT = `
with me as materialized (select id, name from members where email = $3 and active
), active as materialized (
  select a.id from applications a join candidates d on d.id = a.candidate_id
  where a.id = (select application_id from interview_sessions where id = (
      select session_id from scorecards where id = $1 and interviewer_id = (select id from me)))
    and a.status = 'ACTIVE' and d.erased_at is null for share of a
), session as materialized (
  select s.*, ${stateAtSql("s", "$5::timestamptz")} as state_now from interview_sessions s
  where s.id = (select session_id from scorecards where id = $1) and s.application_id = (select id from active) for update
), card as materialized (
  select c.* from scorecards c where c.id = $1 and c.version = $2 and c.state = 'DRAFT' and c.recommendation is not null
    and c.session_id = (select id from session where state_now in ('IN_PROGRESS', 'AWAITING_FEEDBACK', 'COMPLETE')) for update
), sound as materialized (
  select card.id from card, organizations o where not exists (
    select from criteria k left join ratings r on r.scorecard_id = card.id and r.criterion_id = k.id
    where k.rubric_version_id = (select rubric_version_id from session) and (
      (o.require_every_criterion and r.id is null)
      or (o.require_evidence_for_extremes and r.value in (k.scale_min, k.scale_max) and trim(r.evidence) = '')))
), seat as (
  update panelists p set feedback_given_at = $5, version = version + 1, updated_at = $5
  where p.session_id = (select session_id from card where id = (select id from sound)) and p.member_id = (select id from me)
  returning p.id
), owed as (
  select count(*)::int as n from panelists p
  where p.session_id = (select id from session) and p.id <> (select id from seat) and ${OWES}
), settled as (
  update interview_sessions s set feedback_owed = owed.n,
    state = case when owed.n = 0 then 'COMPLETE' else s.state end, version = s.version + 1, updated_at = $5
  from owed where s.id = (select session_id from card) and exists (select from seat) returning s.id
), told as (
  insert into journal_entries (organization_id, id, created_at, type, object_id, actor_kind, actor_id, request_id, changes)
  select card.organization_id, $4, $5, 'scorecard.submitted', card.id, 'MEMBER', me.id, 'bench', array['state']
  from card, me where exists (select from settled) returning id
), handed as (
  update scorecards c set state = 'SUBMITTED', submitted_at = $5, version = version + 1, updated_at = $5
  where c.id = $1 and exists (select from told) returning c.id, c.version
)
select json_build_object('submitScorecard', json_build_object(
  'scorecard', json_build_object('id', handed.id, 'state', 'SUBMITTED', 'version', handed.version,
    'interviewer', json_build_object('id', me.id, 'name', me.name),
    'session', json_build_object('id', session.id, 'state', case when owed.n = 0 then 'COMPLETE' else session.state_now end)),
  'userErrors', json_build_array()))::text as answer
from handed, me, session, owed`;
