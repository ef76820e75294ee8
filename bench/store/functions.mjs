import { isCompleteSql, stateAtSql } from "../../dist/src/interviews/interview-session.rules.js";

/** A new id of the journal, as src/platform/ids.ts makes it. */
const JOURNAL_ID = `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7001'
  || to_hex(8 + floor(random() * 4)::int) || right(replace(gen_random_uuid()::text, '-', ''), 15))::uuid`;

const OWES = "p.feedback_required and p.feedback_given_at is null and p.waived_at is null";

/**
 * What stands in the database for systems that publish its functions: a column that is computed, and a scorecard handed
 * in with the checks, the locks and the rows of src/scorecards/scorecard.actions.ts. They run with the caller's rights.
 */
export const FUNCTIONS = [
  `create function interview_sessions_state_now(s interview_sessions) returns text language sql stable
   as $$ select ${stateAtSql("s", "now()")} $$`,

  `create function submit_scorecard(scorecard_id uuid, expected_version int) returns scorecards
   language plpgsql volatile as $$
   declare
     me uuid := (select id from members where email = current_setting('app.email', true) and active);
     card scorecards;
     session interview_sessions;
     demands organizations;
     moment timestamptz(3) := now();
   begin
     select * into card from scorecards where id = scorecard_id and interviewer_id = me;
     if not found then raise exception 'NOT_FOUND'; end if;
     perform from applications a join candidates d on d.id = a.candidate_id
       where a.id = (select application_id from interview_sessions where id = card.session_id)
         and a.status = 'ACTIVE' and d.erased_at is null for share of a;
     if not found then raise exception 'DECIDED'; end if;
     select * into session from interview_sessions where id = card.session_id for update;
     select * into card from scorecards where id = scorecard_id for update;
     if card.version <> expected_version then raise exception 'STALE_VERSION'; end if;
     if card.state <> 'DRAFT' or interview_sessions_state_now(session) not in ('IN_PROGRESS', 'AWAITING_FEEDBACK', 'COMPLETE')
       then raise exception 'ILLEGAL_MOVE'; end if;
     if card.recommendation is null then raise exception 'RECOMMENDATION_MISSING'; end if;
     select * into demands from organizations;
     if exists (
       select from criteria c left join ratings r on r.scorecard_id = card.id and r.criterion_id = c.id
       where c.rubric_version_id = session.rubric_version_id and (
         (demands.require_every_criterion and r.id is null)
         or (demands.require_evidence_for_extremes and r.value in (c.scale_min, c.scale_max) and trim(r.evidence) = ''))
     ) then raise exception 'RATINGS_MISSING'; end if;
     insert into journal_entries
       (organization_id, id, created_at, type, object_id, actor_kind, actor_id, request_id, changes)
     values
       (card.organization_id, ${JOURNAL_ID}, moment, 'scorecard.submitted', card.id, 'MEMBER', me, 'bench', array['state']);
     update panelists set feedback_given_at = moment, version = version + 1, updated_at = moment
       where session_id = session.id and member_id = me;
     if not found then raise exception 'NOT_ON_PANEL'; end if;
     session.feedback_owed := (select count(*) from panelists p where p.session_id = session.id and ${OWES});
     update interview_sessions s
       set feedback_owed = session.feedback_owed, state = case when ${isCompleteSql("session")} then 'COMPLETE' else s.state end,
         version = s.version + 1, updated_at = moment
       where s.id = session.id;
     update scorecards
       set state = 'SUBMITTED', submitted_at = moment, version = version + 1, updated_at = moment
       where id = card.id returning * into card;
     return card;
   end $$`,
  "grant execute on function interview_sessions_state_now(interview_sessions), submit_scorecard(uuid, int) to assay_server",
];
