import type { MigrationInterface, QueryRunner } from "typeorm";
import { raiseWall } from "../src/platform/db/wall";

const NEW_TABLES = [
  "debrief_notes",
  "decisions",
  "dissents",
  "score_links",
  "score_priors",
  "standings",
  "calendar_addresses",
  "question_notes",
  "schedule_changes",
  "bookings",
];

/** Under FORCE the owner would read no row of them, nor change any. */
const READ_OR_CHANGED = ["organizations", "interview_sessions", "panelists", "applications"];

/** What is never changed once it was written. */
const WRITTEN_ONCE = ["debrief_notes", "dissents", "score_priors", "schedule_changes"];

/** An id of ours, made in SQL: now, the number of the type, and random bits. @see docs/decisions/0002-ids-that-know-their-type.md */
const newId = (type: string): string => `(
  lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7${type}' ||
  substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid`;

/** What is there already goes on as before: its rules, its times, and the time that upcoming sessions take. */
const CARRYING_ON = [
  "update organizations set require_evidence_for_extremes = false",
  `insert into schedule_changes (organization_id, id, created_at, session_id, starts_at, ends_at, time_zone, place)
   select organization_id, ${newId("056")}, created_at, id, starts_at, ends_at, time_zone, place
   from interview_sessions where starts_at is not null`,
  // Who is booked twice already keeps the session that was planned first.
  `insert into bookings (organization_id, id, created_at, session_id, member_id, candidate_id, starts_at, ends_at)
   select s.organization_id, ${newId("055")}, s.created_at, s.id, somebody.member_id, somebody.candidate_id, s.starts_at, s.ends_at
   from interview_sessions s
   cross join lateral (
     select p.member_id, null::uuid as candidate_id from panelists p
     where p.organization_id = s.organization_id and p.session_id = s.id
     union all
     select null, a.candidate_id from applications a where a.organization_id = s.organization_id and a.id = s.application_id
   ) somebody
   where s.ends_at > now() and s.state in ('SCHEDULED', 'IN_PROGRESS', 'AWAITING_FEEDBACK', 'COMPLETE')
   order by s.id
   on conflict do nothing`,
];

/** A decision that was recorded stays what it was; it can only be reopened, once. */
const KEEPING = [
  ...WRITTEN_ONCE.map(
    (table) => `create trigger keep before update on ${table} for each row execute function keep_written()`,
  ),
  `create function keep_decided() returns trigger language plpgsql as $$
   declare moving text[] := array['state', 'version', 'updated_at', 'reopened_by_id', 'reopened_at', 'reopened_reason'];
   begin
     if old.state <> 'PROPOSED' and
       (old.state = 'REOPENED' or new.state <> 'REOPENED' or to_jsonb(new) - moving <> to_jsonb(old) - moving) then
       raise exception 'decision % is frozen', old.id using errcode = 'restrict_violation';
     end if;
     return new;
   end $$`,
  "create trigger keep before update on decisions for each row execute function keep_decided()",
  "revoke execute on function keep_decided() from public",
];

export class BookingsCreate1795241132966 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Trusted: whoever may create in the database may create it.
    await runner.query("create extension if not exists btree_gist");
    for (const table of READ_OR_CHANGED) await runner.query(`alter table ${table} no force row level security`);
    await runner.query(
      `CREATE TABLE "debrief_notes" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "application_id" uuid NOT NULL, "author_id" uuid NOT NULL, "text" text NOT NULL, CONSTRAINT "pk_debrief_notes" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_debrief_notes_organization_id_author_id" ON "debrief_notes"  ("organization_id", "author_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_debrief_notes_organization_id_application_id_id" ON "debrief_notes"  ("organization_id", "application_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "decisions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "application_id" uuid NOT NULL, "number" integer NOT NULL, "state" text NOT NULL, "outcome" text NOT NULL, "rationale" text NOT NULL, "departure_reason" text, "proposed_by_id" uuid, "decided_by_id" uuid, "decided_at" TIMESTAMP(3) WITH TIME ZONE, "evidence" jsonb, "score" jsonb, "method_version" text, "reopened_by_id" uuid, "reopened_at" TIMESTAMP(3) WITH TIME ZONE, "reopened_reason" text, CONSTRAINT "uq_decisions_organization_id_application_id_number" UNIQUE ("organization_id", "application_id", "number"), CONSTRAINT "decisions_frozen" CHECK ((state = 'PROPOSED') = (evidence is null)), CONSTRAINT "pk_decisions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_decisions_organization_id_reopened_by_id" ON "decisions"  ("organization_id", "reopened_by_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_decisions_organization_id_decided_by_id" ON "decisions"  ("organization_id", "decided_by_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_decisions_organization_id_proposed_by_id" ON "decisions"  ("organization_id", "proposed_by_id") `,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_decisions_one_open" ON "decisions"  ("organization_id", "application_id") WHERE state <> 'REOPENED'`,
    );
    await runner.query(
      `CREATE TABLE "dissents" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "decision_id" uuid NOT NULL, "member_id" uuid NOT NULL, "reason" text NOT NULL, CONSTRAINT "uq_dissents_one" UNIQUE ("organization_id", "decision_id", "member_id"), CONSTRAINT "pk_dissents" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_dissents_organization_id_member_id" ON "dissents"  ("organization_id", "member_id") `,
    );
    await runner.query(
      `CREATE TABLE "score_links" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "application_id" uuid NOT NULL, "created_by_id" uuid NOT NULL, "secret_hash" text NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "pk_score_links" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_score_links_organization_id_created_by_id" ON "score_links"  ("organization_id", "created_by_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_score_links_organization_id_application_id_id" ON "score_links"  ("organization_id", "application_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "score_priors" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "rubric_version_id" uuid NOT NULL, "number" integer NOT NULL, "standard_deviation" double precision NOT NULL, "degrees_of_freedom" double precision NOT NULL, "panels" jsonb NOT NULL, "method_version" text NOT NULL, "renewed_by_id" uuid, CONSTRAINT "uq_score_priors_organization_id_rubric_version_id_number" UNIQUE ("organization_id", "rubric_version_id", "number"), CONSTRAINT "pk_score_priors" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_score_priors_organization_id_renewed_by_id" ON "score_priors"  ("organization_id", "renewed_by_id") `,
    );
    await runner.query(
      `CREATE TABLE "standings" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "application_id" uuid NOT NULL, "job_id" uuid NOT NULL, "score" double precision, "coverage" double precision, "probability_above_pass" double precision, "interval_lower" double precision, "interval_upper" double precision, "borderline" boolean, "band" text, "recommendation" text NOT NULL, "rater_count" integer NOT NULL, "method_version" text NOT NULL, "prior_ids" uuid array NOT NULL, "refreshed_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "uq_standings_application" UNIQUE ("organization_id", "application_id"), CONSTRAINT "pk_standings" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_standings_organization_id_job_id_id" ON "standings"  ("organization_id", "job_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "calendar_addresses" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "member_id" uuid NOT NULL, "label" text NOT NULL, "secret_hash" text NOT NULL, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "pk_calendar_addresses" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_calendar_addresses_organization_id_member_id_id" ON "calendar_addresses"  ("organization_id", "member_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "question_notes" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "session_question_id" uuid NOT NULL, "author_id" uuid NOT NULL, "text" text NOT NULL, CONSTRAINT "uq_question_notes_one" UNIQUE ("organization_id", "session_question_id", "author_id"), CONSTRAINT "pk_question_notes" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_question_notes_organization_id_author_id" ON "question_notes"  ("organization_id", "author_id") `,
    );
    await runner.query(
      `CREATE TABLE "schedule_changes" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "session_id" uuid NOT NULL, "changed_by_id" uuid, "reason" text, "starts_at" TIMESTAMP(3) WITH TIME ZONE, "ends_at" TIMESTAMP(3) WITH TIME ZONE, "time_zone" text, "place" text, CONSTRAINT "pk_schedule_changes" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_schedule_changes_organization_id_changed_by_id" ON "schedule_changes"  ("organization_id", "changed_by_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_schedule_changes_organization_id_session_id_id" ON "schedule_changes"  ("organization_id", "session_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "bookings" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "session_id" uuid NOT NULL, "member_id" uuid, "candidate_id" uuid, "starts_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ends_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "bookings_time" CHECK (ends_at > starts_at), CONSTRAINT "bookings_somebody" CHECK ((member_id is null) <> (candidate_id is null)), CONSTRAINT "bookings_one_at_a_time" EXCLUDE using gist (organization_id with =, (coalesce(member_id, candidate_id)) with =, tstzrange(starts_at, ends_at) with &&), CONSTRAINT "pk_bookings" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_bookings_organization_id_candidate_id" ON "bookings"  ("organization_id", "candidate_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_bookings_organization_id_member_id" ON "bookings"  ("organization_id", "member_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_bookings_organization_id_session_id" ON "bookings"  ("organization_id", "session_id") `,
    );
    await runner.query(`ALTER TABLE "applications" ADD "status" text NOT NULL DEFAULT 'ACTIVE'`);
    await runner.query(`ALTER TABLE "organizations" ADD "require_every_criterion" boolean NOT NULL DEFAULT true`);
    await runner.query(`ALTER TABLE "organizations" ADD "require_evidence_for_extremes" boolean NOT NULL DEFAULT true`);
    await runner.query(`ALTER TABLE "interview_sessions" ADD "planned_by_id" uuid`);
    await runner.query(`ALTER TABLE "interview_sessions" ADD "calendar_sequence" integer NOT NULL DEFAULT '0'`);
    await runner.query(`ALTER TABLE "session_questions" ADD "asked_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "session_questions" ADD "spent_seconds" integer`);
    await runner.query(`ALTER TABLE "panelists" ADD "response" text NOT NULL DEFAULT 'PENDING'`);
    await runner.query(`ALTER TABLE "panelists" ADD "responded_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "panelists" ADD "response_note" text`);
    await runner.query(`ALTER TABLE "scorecards" ADD "amendment_reason" text`);
    await runner.query(
      `CREATE INDEX "ix_interview_sessions_organization_id_starts_at_id" ON "interview_sessions"  ("organization_id", "starts_at", "id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_interview_sessions_organization_id_planned_by_id" ON "interview_sessions"  ("organization_id", "planned_by_id") `,
    );
    await runner.query(
      `ALTER TABLE "debrief_notes" ADD CONSTRAINT "fk_debrief_notes_author" FOREIGN KEY ("organization_id", "author_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "debrief_notes" ADD CONSTRAINT "fk_debrief_notes_application" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "decisions" ADD CONSTRAINT "fk_decisions_reopened_by" FOREIGN KEY ("organization_id", "reopened_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "decisions" ADD CONSTRAINT "fk_decisions_decided_by" FOREIGN KEY ("organization_id", "decided_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "decisions" ADD CONSTRAINT "fk_decisions_proposed_by" FOREIGN KEY ("organization_id", "proposed_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "decisions" ADD CONSTRAINT "fk_decisions_application" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "dissents" ADD CONSTRAINT "fk_dissents_member" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "dissents" ADD CONSTRAINT "fk_dissents_decision" FOREIGN KEY ("organization_id", "decision_id") REFERENCES "decisions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "score_links" ADD CONSTRAINT "fk_score_links_created_by" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "score_links" ADD CONSTRAINT "fk_score_links_application" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "score_priors" ADD CONSTRAINT "fk_score_priors_renewed_by" FOREIGN KEY ("organization_id", "renewed_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "score_priors" ADD CONSTRAINT "fk_score_priors_rubric_version" FOREIGN KEY ("organization_id", "rubric_version_id") REFERENCES "rubric_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "standings" ADD CONSTRAINT "fk_standings_job" FOREIGN KEY ("organization_id", "job_id") REFERENCES "jobs"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "standings" ADD CONSTRAINT "fk_standings_application" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "calendar_addresses" ADD CONSTRAINT "fk_calendar_addresses_member" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "interview_sessions" ADD CONSTRAINT "fk_interview_sessions_planned_by" FOREIGN KEY ("organization_id", "planned_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_notes" ADD CONSTRAINT "fk_question_notes_author" FOREIGN KEY ("organization_id", "author_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_notes" ADD CONSTRAINT "fk_question_notes_session_question" FOREIGN KEY ("organization_id", "session_question_id") REFERENCES "session_questions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "schedule_changes" ADD CONSTRAINT "fk_schedule_changes_changed_by" FOREIGN KEY ("organization_id", "changed_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "schedule_changes" ADD CONSTRAINT "fk_schedule_changes_session" FOREIGN KEY ("organization_id", "session_id") REFERENCES "interview_sessions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "bookings" ADD CONSTRAINT "fk_bookings_candidate" FOREIGN KEY ("organization_id", "candidate_id") REFERENCES "candidates"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "bookings" ADD CONSTRAINT "fk_bookings_member" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "bookings" ADD CONSTRAINT "fk_bookings_session" FOREIGN KEY ("organization_id", "session_id") REFERENCES "interview_sessions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    for (const statement of CARRYING_ON) await runner.query(statement);
    for (const table of READ_OR_CHANGED) await runner.query(`alter table ${table} force row level security`);
    await raiseWall(runner, ...NEW_TABLES);
    for (const statement of KEEPING) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ["decisions", ...WRITTEN_ONCE]) await runner.query(`drop trigger keep on ${table}`);
    await runner.query("drop function keep_decided()");
    await runner.query(`ALTER TABLE "bookings" DROP CONSTRAINT "fk_bookings_session"`);
    await runner.query(`ALTER TABLE "bookings" DROP CONSTRAINT "fk_bookings_member"`);
    await runner.query(`ALTER TABLE "bookings" DROP CONSTRAINT "fk_bookings_candidate"`);
    await runner.query(`ALTER TABLE "schedule_changes" DROP CONSTRAINT "fk_schedule_changes_session"`);
    await runner.query(`ALTER TABLE "schedule_changes" DROP CONSTRAINT "fk_schedule_changes_changed_by"`);
    await runner.query(`ALTER TABLE "question_notes" DROP CONSTRAINT "fk_question_notes_session_question"`);
    await runner.query(`ALTER TABLE "question_notes" DROP CONSTRAINT "fk_question_notes_author"`);
    await runner.query(`ALTER TABLE "interview_sessions" DROP CONSTRAINT "fk_interview_sessions_planned_by"`);
    await runner.query(`ALTER TABLE "calendar_addresses" DROP CONSTRAINT "fk_calendar_addresses_member"`);
    await runner.query(`ALTER TABLE "standings" DROP CONSTRAINT "fk_standings_application"`);
    await runner.query(`ALTER TABLE "standings" DROP CONSTRAINT "fk_standings_job"`);
    await runner.query(`ALTER TABLE "score_priors" DROP CONSTRAINT "fk_score_priors_rubric_version"`);
    await runner.query(`ALTER TABLE "score_priors" DROP CONSTRAINT "fk_score_priors_renewed_by"`);
    await runner.query(`ALTER TABLE "score_links" DROP CONSTRAINT "fk_score_links_application"`);
    await runner.query(`ALTER TABLE "score_links" DROP CONSTRAINT "fk_score_links_created_by"`);
    await runner.query(`ALTER TABLE "dissents" DROP CONSTRAINT "fk_dissents_decision"`);
    await runner.query(`ALTER TABLE "dissents" DROP CONSTRAINT "fk_dissents_member"`);
    await runner.query(`ALTER TABLE "decisions" DROP CONSTRAINT "fk_decisions_application"`);
    await runner.query(`ALTER TABLE "decisions" DROP CONSTRAINT "fk_decisions_proposed_by"`);
    await runner.query(`ALTER TABLE "decisions" DROP CONSTRAINT "fk_decisions_decided_by"`);
    await runner.query(`ALTER TABLE "decisions" DROP CONSTRAINT "fk_decisions_reopened_by"`);
    await runner.query(`ALTER TABLE "debrief_notes" DROP CONSTRAINT "fk_debrief_notes_application"`);
    await runner.query(`ALTER TABLE "debrief_notes" DROP CONSTRAINT "fk_debrief_notes_author"`);
    await runner.query(`DROP INDEX "public"."ix_interview_sessions_organization_id_planned_by_id"`);
    await runner.query(`DROP INDEX "public"."ix_interview_sessions_organization_id_starts_at_id"`);
    await runner.query(`ALTER TABLE "scorecards" DROP COLUMN "amendment_reason"`);
    await runner.query(`ALTER TABLE "panelists" DROP COLUMN "response_note"`);
    await runner.query(`ALTER TABLE "panelists" DROP COLUMN "responded_at"`);
    await runner.query(`ALTER TABLE "panelists" DROP COLUMN "response"`);
    await runner.query(`ALTER TABLE "session_questions" DROP COLUMN "spent_seconds"`);
    await runner.query(`ALTER TABLE "session_questions" DROP COLUMN "asked_at"`);
    await runner.query(`ALTER TABLE "interview_sessions" DROP COLUMN "calendar_sequence"`);
    await runner.query(`ALTER TABLE "interview_sessions" DROP COLUMN "planned_by_id"`);
    await runner.query(`ALTER TABLE "organizations" DROP COLUMN "require_evidence_for_extremes"`);
    await runner.query(`ALTER TABLE "organizations" DROP COLUMN "require_every_criterion"`);
    await runner.query(`ALTER TABLE "applications" DROP COLUMN "status"`);
    await runner.query(`DROP INDEX "public"."ix_bookings_organization_id_session_id"`);
    await runner.query(`DROP INDEX "public"."ix_bookings_organization_id_member_id"`);
    await runner.query(`DROP INDEX "public"."ix_bookings_organization_id_candidate_id"`);
    await runner.query(`DROP TABLE "bookings"`);
    await runner.query(`DROP INDEX "public"."ix_schedule_changes_organization_id_session_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_schedule_changes_organization_id_changed_by_id"`);
    await runner.query(`DROP TABLE "schedule_changes"`);
    await runner.query(`DROP INDEX "public"."ix_question_notes_organization_id_author_id"`);
    await runner.query(`DROP TABLE "question_notes"`);
    await runner.query(`DROP INDEX "public"."ix_calendar_addresses_organization_id_member_id_id"`);
    await runner.query(`DROP TABLE "calendar_addresses"`);
    await runner.query(`DROP INDEX "public"."ix_standings_organization_id_job_id_id"`);
    await runner.query(`DROP TABLE "standings"`);
    await runner.query(`DROP INDEX "public"."ix_score_priors_organization_id_renewed_by_id"`);
    await runner.query(`DROP TABLE "score_priors"`);
    await runner.query(`DROP INDEX "public"."ix_score_links_organization_id_application_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_score_links_organization_id_created_by_id"`);
    await runner.query(`DROP TABLE "score_links"`);
    await runner.query(`DROP INDEX "public"."ix_dissents_organization_id_member_id"`);
    await runner.query(`DROP TABLE "dissents"`);
    await runner.query(`DROP INDEX "public"."ix_decisions_one_open"`);
    await runner.query(`DROP INDEX "public"."ix_decisions_organization_id_proposed_by_id"`);
    await runner.query(`DROP INDEX "public"."ix_decisions_organization_id_decided_by_id"`);
    await runner.query(`DROP INDEX "public"."ix_decisions_organization_id_reopened_by_id"`);
    await runner.query(`DROP TABLE "decisions"`);
    await runner.query(`DROP INDEX "public"."ix_debrief_notes_organization_id_application_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_debrief_notes_organization_id_author_id"`);
    await runner.query(`DROP TABLE "debrief_notes"`);
  }
}
