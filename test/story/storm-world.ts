import type { Pool } from "pg";
import type { DecisionState } from "../../src/evaluations/decision.rules";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import type { ScorecardState } from "../../src/scorecards/scorecard.rules";

/** What stands in the database at one instant, as far as a choice needs it. */
export interface World {
  organization: { version: number };
  applications: { id: string; status: string }[];
  sessions: { id: string; application_id: string; state: SessionState; version: number; calendar_sequence: number }[];
  seats: { id: string; session_id: string; member_id: string; owes: boolean; given: boolean }[];
  /** Open ones: drafts and those that count. */
  cards: { id: string; session_id: string; interviewer_id: string; state: ScorecardState; version: number }[];
  questions: { id: string; session_id: string }[];
  notes: { session_question_id: string; author_id: string; version: number }[];
  decisions: { id: string; application_id: string; state: DecisionState; version: number }[];
}

const listed = (columns: string, rows: string): string =>
  `(select coalesce(json_agg(t order by t.id), '[]') from (select ${columns} from ${rows} and x.organization_id = $1) t)`;

const WORLD = `select json_build_object(
  'organization', (select json_build_object('version', version) from organizations where organization_id = $1),
  'applications', ${listed("id, status", "applications x where true")},
  'sessions', ${listed("id, application_id, state, version, calendar_sequence", "interview_sessions x where true")},
  'seats', ${listed(
    `id, session_id, member_id, feedback_given_at is not null as given,
     feedback_required and feedback_given_at is null and waived_at is null as owes`,
    "panelists x where true",
  )},
  'cards', ${listed("id, session_id, interviewer_id, state, version", "scorecards x where state in ('DRAFT', 'SUBMITTED')")},
  'questions', ${listed("id, session_id", "session_questions x where true")},
  'notes', ${listed("id, session_question_id, author_id, version", "question_notes x where true")},
  'decisions', ${listed("id, application_id, state, version", "decisions x where true")}
) as world`;

/** One statement, so of one instant. */
export const worldOf = async (superuser: Pool, organizationId: string): Promise<World> =>
  (await superuser.query(WORLD, [organizationId])).rows[0].world;
