import { saying } from "./hiring.mjs";
import { numbering } from "./ids.mjs";
import { inserting } from "./inserting.mjs";
import { CRITERIA_PER_RUBRIC, LARGE, OWING, SEATS } from "./sizes.mjs";

/*
 * Drafts to hand in: each in a session of its own, on whose panel its author sits with one who owes a scorecard too, so
 * that no session is complete by one of them.
 */

const numbers = numbering(LARGE.number);
const { id, at } = numbers;
const insert = inserting(numbers, id("Organization", 0));

const application = `${OWING.firstJob} + n % ${LARGE.jobs - OWING.firstJob} + ${LARGE.jobs} * (n / ${LARGE.jobs - OWING.firstJob})`;
const kit = `(${application}) % ${LARGE.jobs} % ${LARGE.profiles}`;
const begins = `date_trunc('minute', ${at("OwingSession", "n")}) + interval '3 days'`;
const member = id("Member", `${OWING.firstAuthor} + (n + seat * 37) % ${OWING.authors}`);
const all = `generate_series(0, ${OWING.sessions - 1}) n`;

export const OWING_ROWS = [
  insert(
    "interview_sessions",
    "OwingSession",
    "n",
    {
      application_id: id("Application", application),
      kit_id: id("InterviewKit", kit),
      profile_version_id: id("RoleProfileVersion", kit),
      rubric_version_id: id("RubricVersion", kit),
      state: "'AWAITING_FEEDBACK'",
      feedback_owed: "2",
      starts_at: begins,
      ends_at: `${begins} + interval '1 hour'`,
      time_zone: "'Europe/London'",
      calendar_sequence: "1",
    },
    all,
  ),
  insert(
    "panelists",
    "OwingPanelist",
    `n * ${SEATS} + seat`,
    {
      session_id: id("OwingSession", "n"),
      member_id: member,
      seat: "(array['LEAD', 'INTERVIEWER', 'SHADOW'])[1 + seat]",
      feedback_required: "seat < 2",
      response: "'ACCEPTED'",
    },
    `${all}, generate_series(0, ${SEATS - 1}) seat`,
  ),
  insert(
    "scorecards",
    "Draft",
    "n",
    {
      session_id: id("OwingSession", "n"),
      interviewer_id: id("Member", `${OWING.firstAuthor} + n % ${OWING.authors}`),
      revision: "1",
      state: "'DRAFT'",
      recommendation: "'YES'",
      summary: "'Would work with them.'",
    },
    all,
  ),
  insert(
    "ratings",
    "DraftRating",
    `n * ${CRITERIA_PER_RUBRIC} + nth`,
    {
      scorecard_id: id("Draft", "n"),
      criterion_id: id("Criterion", `(${kit}) * ${CRITERIA_PER_RUBRIC} + nth`),
      ...saying("n", "nth", "3"),
    },
    `${all}, generate_series(0, ${CRITERIA_PER_RUBRIC - 1}) nth`,
  ),
];

const ofDrafts = (noun) => `id >= ${id(noun, 0)} and id < ${id(noun, OWING.sessions * SEATS)}`;

/** Ids and authors of the drafts, by their number. */
export const DRAFTS = `select ${id("Draft", "n")} as id, m.email from ${all}
  join members m on m.id = ${id("Member", `${OWING.firstAuthor} + n % ${OWING.authors}`)} order by n`;

const AS_BEFORE = "version = 1, updated_at = created_at";

/** Takes back what was handed in. No trigger and no key has anything to say of it. */
export const TAKEN_BACK = [
  "set session_replication_role = replica",
  `update scorecards set state = 'DRAFT', submitted_at = null, ${AS_BEFORE} where ${ofDrafts("Draft")} and version > 1`,
  `update panelists set feedback_given_at = null, ${AS_BEFORE} where ${ofDrafts("OwingPanelist")} and version > 1`,
  `update interview_sessions set feedback_owed = 2, ${AS_BEFORE} where ${ofDrafts("OwingSession")} and version > 1`,
  "set session_replication_role = origin",
];

/** Forgets what the journal and the queue of jobs hold, while no server of ours is there to follow it. */
export const FORGOTTEN = [
  "set session_replication_role = replica",
  "truncate journal_entries, journal_positions, journal_backlog, journal_cursors",
  `do $$ begin if to_regnamespace('graphile_worker') is not null then delete from graphile_worker._private_jobs; end if; end $$`,
  "set session_replication_role = origin",
  "vacuum scorecards",
  "vacuum panelists",
  "vacuum interview_sessions",
];

/** What a draft's being handed in has written, the journal after an entry: without ids and times that are made then, and times as how they stand to each other. */
export const WRITTEN = `
select
  (select json_build_object('state', c.state, 'version', c.version, 'submitted', c.submitted_at = c.updated_at) from scorecards c
   where c.id = $1) as scorecard,
  (select json_agg(json_build_object('given', p.feedback_given_at = p.updated_at, 'version', p.version) order by p.id)
   from panelists p where p.session_id = (select session_id from scorecards where id = $1)) as panel,
  (select json_build_object('state', s.state, 'owed', s.feedback_owed, 'version', s.version, 'changed', s.updated_at > s.created_at)
   from interview_sessions s where s.id = (select session_id from scorecards where id = $1)) as session,
  (select json_agg(json_build_object('type', j.type, 'kind', j.actor_kind, 'actor', j.actor_id, 'changes', j.changes) order by j.sequence)
   from journal_entries j where j.sequence > $2 and j.object_id = any(array(
     select session_id from scorecards where id = $1 union select $1
     union select id from panelists where session_id = (select session_id from scorecards where id = $1)))) as journal`;

export const LAST_ENTRY = "select coalesce(max(sequence), 0) as sequence from journal_entries";
