import type { MigrationInterface, QueryRunner } from "typeorm";

export class TablesCreate1795219200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "access_log" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "about" text NOT NULL, "code" text NOT NULL, "actor_kind" text NOT NULL, "actor_id" uuid, "request_id" text NOT NULL, "address" text, CONSTRAINT "pk_access_log" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_access_log_organization_id_created_at" ON "access_log"  ("organization_id", "created_at") `,
    );
    await runner.query(
      `CREATE TABLE "journal_entries" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "sequence" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "type" text NOT NULL, "object_id" uuid NOT NULL, "actor_kind" text NOT NULL, "actor_id" uuid, "request_id" text NOT NULL, "changes" text array NOT NULL, CONSTRAINT "uq_journal_entries_organization_id_sequence" UNIQUE ("organization_id", "sequence"), CONSTRAINT "pk_journal_entries" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "journal_positions" ("organization_id" uuid NOT NULL, "position" bigint NOT NULL, "sequence" bigint NOT NULL, CONSTRAINT "uq_journal_positions_organization_id_sequence" UNIQUE ("organization_id", "sequence"), CONSTRAINT "pk_journal_positions" PRIMARY KEY ("organization_id", "position"))`,
    );
    await runner.query(
      `CREATE TABLE "journal_cursors" ("organization_id" uuid NOT NULL, "listener" text NOT NULL, "position" bigint NOT NULL, CONSTRAINT "pk_journal_cursors" PRIMARY KEY ("organization_id", "listener"))`,
    );
    await runner.query(
      `CREATE TABLE "applications" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "candidate_id" uuid NOT NULL, "job_id" uuid NOT NULL, CONSTRAINT "uq_applications_organization_id_candidate_id_job_id" UNIQUE ("organization_id", "candidate_id", "job_id"), CONSTRAINT "pk_applications" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_applications_organization_id_job_id_id" ON "applications"  ("organization_id", "job_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "candidates" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "name" text NOT NULL, "email" text, CONSTRAINT "uq_candidates_organization_id_email" UNIQUE ("organization_id", "email"), CONSTRAINT "pk_candidates" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "jobs" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "title" text NOT NULL, "profile_version_id" uuid NOT NULL, CONSTRAINT "pk_jobs" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_jobs_organization_id_profile_version_id" ON "jobs"  ("organization_id", "profile_version_id") `,
    );
    await runner.query(
      `CREATE TABLE "role_profiles" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "name" text NOT NULL, CONSTRAINT "uq_role_profiles_organization_id_name" UNIQUE ("organization_id", "name"), CONSTRAINT "pk_role_profiles" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "role_profile_versions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "profile_id" uuid NOT NULL, "number" integer NOT NULL, "level" text NOT NULL, "pass_mark" integer NOT NULL, "least_coverage_percent" integer NOT NULL, "bands" jsonb NOT NULL, CONSTRAINT "uq_role_profile_versions_organization_id_profile_id_number" UNIQUE ("organization_id", "profile_id", "number"), CONSTRAINT "pk_role_profile_versions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "expectations" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "profile_version_id" uuid NOT NULL, "skill_id" uuid NOT NULL, "position" integer NOT NULL, "level" text NOT NULL, "weight" integer NOT NULL, "gate" integer, CONSTRAINT "uq_expectations_organization_id_profile_version_id_skill_id" UNIQUE ("organization_id", "profile_version_id", "skill_id"), CONSTRAINT "expectations_gate" CHECK (gate between 0 and 100), CONSTRAINT "expectations_weight" CHECK (weight >= 0), CONSTRAINT "pk_expectations" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_expectations_organization_id_skill_id" ON "expectations"  ("organization_id", "skill_id") `,
    );
    await runner.query(
      `CREATE TABLE "rubrics" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "name" text NOT NULL, CONSTRAINT "uq_rubrics_organization_id_name" UNIQUE ("organization_id", "name"), CONSTRAINT "pk_rubrics" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "rubric_versions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "rubric_id" uuid NOT NULL, "number" integer NOT NULL, CONSTRAINT "uq_rubric_versions_organization_id_rubric_id_number" UNIQUE ("organization_id", "rubric_id", "number"), CONSTRAINT "pk_rubric_versions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "criteria" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "rubric_version_id" uuid NOT NULL, "stable_id" uuid NOT NULL, "key" text NOT NULL, "position" integer NOT NULL, "name" text NOT NULL, "skill_id" uuid NOT NULL, "weight" integer NOT NULL, "scale_min" integer NOT NULL, "scale_max" integer NOT NULL, "gate_min" integer, "gate_rule" text, CONSTRAINT "uq_criteria_organization_id_rubric_version_id_key" UNIQUE ("organization_id", "rubric_version_id", "key"), CONSTRAINT "criteria_gate" CHECK ((gate_min is null) = (gate_rule is null)), CONSTRAINT "criteria_weight" CHECK (weight >= 0), CONSTRAINT "criteria_scale" CHECK (scale_max > scale_min), CONSTRAINT "pk_criteria" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_criteria_organization_id_skill_id" ON "criteria"  ("organization_id", "skill_id") `,
    );
    await runner.query(
      `CREATE TABLE "anchors" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "criterion_id" uuid NOT NULL, "value" integer NOT NULL, "label" text NOT NULL, "behaviour" text NOT NULL, CONSTRAINT "uq_anchors_organization_id_criterion_id_value" UNIQUE ("organization_id", "criterion_id", "value"), CONSTRAINT "pk_anchors" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "skills" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "slug" text NOT NULL, "name" text NOT NULL, "parent_id" uuid, CONSTRAINT "uq_skills_organization_id_slug" UNIQUE ("organization_id", "slug"), CONSTRAINT "pk_skills" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_skills_organization_id_parent_id" ON "skills"  ("organization_id", "parent_id") `,
    );
    await runner.query(
      `CREATE TABLE "members" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "employer_id" uuid NOT NULL, "email" text NOT NULL, "name" text NOT NULL, "role" text NOT NULL, "active" boolean NOT NULL DEFAULT true, CONSTRAINT "uq_members_organization_id_email" UNIQUE ("organization_id", "email"), CONSTRAINT "pk_members" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "organizations" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "name" text NOT NULL, "feedback_visibility" text NOT NULL DEFAULT 'AFTER_OWN_SUBMISSION', CONSTRAINT "organizations_own" CHECK (id = organization_id), CONSTRAINT "pk_organizations" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "questions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "bank_id" uuid NOT NULL, "external_key" text, "latest_number" integer NOT NULL, CONSTRAINT "uq_questions_organization_id_bank_id_external_key" UNIQUE ("organization_id", "bank_id", "external_key"), CONSTRAINT "pk_questions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_questions_organization_id_bank_id_id" ON "questions"  ("organization_id", "bank_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "question_versions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "question_id" uuid NOT NULL, "number" integer NOT NULL, "kind" text NOT NULL, "title" text, "stem" text NOT NULL, "stem_format" text NOT NULL, "content" jsonb NOT NULL, "general_feedback" jsonb, "tags" text array NOT NULL, "skill_id" uuid, "checksum" text NOT NULL, CONSTRAINT "uq_question_versions_organization_id_question_id_number" UNIQUE ("organization_id", "question_id", "number"), CONSTRAINT "pk_question_versions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_question_versions_organization_id_skill_id" ON "question_versions"  ("organization_id", "skill_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_question_versions_organization_id_checksum" ON "question_versions"  ("organization_id", "checksum") `,
    );
    await runner.query(
      `CREATE TABLE "interview_kits" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "name" text NOT NULL, "profile_version_id" uuid NOT NULL, "rubric_version_id" uuid NOT NULL, "minutes" integer NOT NULL, CONSTRAINT "uq_interview_kits_organization_id_name" UNIQUE ("organization_id", "name"), CONSTRAINT "pk_interview_kits" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_interview_kits_organization_id_rubric_version_id" ON "interview_kits"  ("organization_id", "rubric_version_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_interview_kits_organization_id_profile_version_id" ON "interview_kits"  ("organization_id", "profile_version_id") `,
    );
    await runner.query(
      `CREATE TABLE "kit_questions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "kit_id" uuid NOT NULL, "question_version_id" uuid NOT NULL, "position" integer NOT NULL, "minutes" integer NOT NULL, CONSTRAINT "uq_kit_questions_organization_id_kit_id_position" UNIQUE ("organization_id", "kit_id", "position"), CONSTRAINT "pk_kit_questions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_kit_questions_organization_id_question_version_id" ON "kit_questions"  ("organization_id", "question_version_id") `,
    );
    await runner.query(
      `CREATE TABLE "interview_sessions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "application_id" uuid NOT NULL, "kit_id" uuid NOT NULL, "profile_version_id" uuid NOT NULL, "rubric_version_id" uuid NOT NULL, "state" text NOT NULL, "feedback_owed" integer NOT NULL, "starts_at" TIMESTAMP(3) WITH TIME ZONE, "ends_at" TIMESTAMP(3) WITH TIME ZONE, "time_zone" text, "place" text, CONSTRAINT "interview_sessions_slot" CHECK (ends_at > starts_at and (starts_at is null) = (ends_at is null)), CONSTRAINT "pk_interview_sessions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_interview_sessions_organization_id_rubric_version_id" ON "interview_sessions"  ("organization_id", "rubric_version_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_interview_sessions_organization_id_profile_version_id" ON "interview_sessions"  ("organization_id", "profile_version_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_interview_sessions_organization_id_kit_id" ON "interview_sessions"  ("organization_id", "kit_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_interview_sessions_organization_id_application_id_id" ON "interview_sessions"  ("organization_id", "application_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "session_questions" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "session_id" uuid NOT NULL, "question_version_id" uuid NOT NULL, "position" integer NOT NULL, "minutes" integer NOT NULL, CONSTRAINT "uq_session_questions_organization_id_session_id_position" UNIQUE ("organization_id", "session_id", "position"), CONSTRAINT "pk_session_questions" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_session_questions_organization_id_question_version_id" ON "session_questions"  ("organization_id", "question_version_id") `,
    );
    await runner.query(
      `CREATE TABLE "panelists" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "session_id" uuid NOT NULL, "member_id" uuid NOT NULL, "seat" text NOT NULL, "feedback_required" boolean NOT NULL, "feedback_given_at" TIMESTAMP(3) WITH TIME ZONE, "waived_at" TIMESTAMP(3) WITH TIME ZONE, "waived_reason" text, CONSTRAINT "uq_panelists_organization_id_session_id_member_id" UNIQUE ("organization_id", "session_id", "member_id"), CONSTRAINT "pk_panelists" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_panelists_organization_id_member_id_session_id" ON "panelists"  ("organization_id", "member_id", "session_id") `,
    );
    await runner.query(
      `CREATE TABLE "question_banks" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "name" text NOT NULL, "description" text NOT NULL, CONSTRAINT "uq_question_banks_organization_id_name" UNIQUE ("organization_id", "name"), CONSTRAINT "pk_question_banks" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "scorecards" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "session_id" uuid NOT NULL, "interviewer_id" uuid NOT NULL, "revision" integer NOT NULL, "state" text NOT NULL, "recommendation" text, "summary" text NOT NULL, "submitted_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "uq_scorecards_revision" UNIQUE ("organization_id", "session_id", "interviewer_id", "revision"), CONSTRAINT "pk_scorecards" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_scorecards_organization_id_interviewer_id_id" ON "scorecards"  ("organization_id", "interviewer_id", "id") `,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_scorecards_one_draft" ON "scorecards"  ("organization_id", "session_id", "interviewer_id") WHERE state = 'DRAFT'`,
    );
    await runner.query(
      `CREATE TABLE "ratings" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "scorecard_id" uuid NOT NULL, "criterion_id" uuid NOT NULL, "outcome" text NOT NULL, "value" integer, "evidence" text NOT NULL, CONSTRAINT "uq_ratings_organization_id_scorecard_id_criterion_id" UNIQUE ("organization_id", "scorecard_id", "criterion_id"), CONSTRAINT "ratings_value" CHECK ((outcome = 'RATED') = (value is not null)), CONSTRAINT "pk_ratings" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_ratings_organization_id_criterion_id" ON "ratings"  ("organization_id", "criterion_id") `,
    );
    await runner.query(
      `ALTER TABLE "journal_positions" ADD CONSTRAINT "fk_journal_positions_entry" FOREIGN KEY ("organization_id", "sequence") REFERENCES "journal_entries"("organization_id","sequence") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "applications" ADD CONSTRAINT "fk_applications_job" FOREIGN KEY ("organization_id", "job_id") REFERENCES "jobs"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "applications" ADD CONSTRAINT "fk_applications_candidate" FOREIGN KEY ("organization_id", "candidate_id") REFERENCES "candidates"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "jobs" ADD CONSTRAINT "fk_jobs_profile_version" FOREIGN KEY ("organization_id", "profile_version_id") REFERENCES "role_profile_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "role_profile_versions" ADD CONSTRAINT "fk_role_profile_versions_profile" FOREIGN KEY ("organization_id", "profile_id") REFERENCES "role_profiles"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "expectations" ADD CONSTRAINT "fk_expectations_skill" FOREIGN KEY ("organization_id", "skill_id") REFERENCES "skills"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "expectations" ADD CONSTRAINT "fk_expectations_profile_version" FOREIGN KEY ("organization_id", "profile_version_id") REFERENCES "role_profile_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "rubric_versions" ADD CONSTRAINT "fk_rubric_versions_rubric" FOREIGN KEY ("organization_id", "rubric_id") REFERENCES "rubrics"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "criteria" ADD CONSTRAINT "fk_criteria_skill" FOREIGN KEY ("organization_id", "skill_id") REFERENCES "skills"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "criteria" ADD CONSTRAINT "fk_criteria_rubric_version" FOREIGN KEY ("organization_id", "rubric_version_id") REFERENCES "rubric_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "anchors" ADD CONSTRAINT "fk_anchors_criterion" FOREIGN KEY ("organization_id", "criterion_id") REFERENCES "criteria"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "skills" ADD CONSTRAINT "fk_skills_parent" FOREIGN KEY ("organization_id", "parent_id") REFERENCES "skills"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "members" ADD CONSTRAINT "fk_members_employer" FOREIGN KEY ("organization_id", "employer_id") REFERENCES "organizations"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "questions" ADD CONSTRAINT "fk_questions_bank" FOREIGN KEY ("organization_id", "bank_id") REFERENCES "question_banks"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_versions" ADD CONSTRAINT "fk_question_versions_skill" FOREIGN KEY ("organization_id", "skill_id") REFERENCES "skills"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_versions" ADD CONSTRAINT "fk_question_versions_question" FOREIGN KEY ("organization_id", "question_id") REFERENCES "questions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "interview_kits" ADD CONSTRAINT "fk_interview_kits_rubric_version" FOREIGN KEY ("organization_id", "rubric_version_id") REFERENCES "rubric_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "interview_kits" ADD CONSTRAINT "fk_interview_kits_profile_version" FOREIGN KEY ("organization_id", "profile_version_id") REFERENCES "role_profile_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "kit_questions" ADD CONSTRAINT "fk_kit_questions_question_version" FOREIGN KEY ("organization_id", "question_version_id") REFERENCES "question_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "kit_questions" ADD CONSTRAINT "fk_kit_questions_kit" FOREIGN KEY ("organization_id", "kit_id") REFERENCES "interview_kits"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "interview_sessions" ADD CONSTRAINT "fk_interview_sessions_rubric_version" FOREIGN KEY ("organization_id", "rubric_version_id") REFERENCES "rubric_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "interview_sessions" ADD CONSTRAINT "fk_interview_sessions_profile_version" FOREIGN KEY ("organization_id", "profile_version_id") REFERENCES "role_profile_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "interview_sessions" ADD CONSTRAINT "fk_interview_sessions_kit" FOREIGN KEY ("organization_id", "kit_id") REFERENCES "interview_kits"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "interview_sessions" ADD CONSTRAINT "fk_interview_sessions_application" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "session_questions" ADD CONSTRAINT "fk_session_questions_question_version" FOREIGN KEY ("organization_id", "question_version_id") REFERENCES "question_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "session_questions" ADD CONSTRAINT "fk_session_questions_session" FOREIGN KEY ("organization_id", "session_id") REFERENCES "interview_sessions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "panelists" ADD CONSTRAINT "fk_panelists_member" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "panelists" ADD CONSTRAINT "fk_panelists_session" FOREIGN KEY ("organization_id", "session_id") REFERENCES "interview_sessions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "scorecards" ADD CONSTRAINT "fk_scorecards_interviewer" FOREIGN KEY ("organization_id", "interviewer_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "scorecards" ADD CONSTRAINT "fk_scorecards_session" FOREIGN KEY ("organization_id", "session_id") REFERENCES "interview_sessions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "ratings" ADD CONSTRAINT "fk_ratings_criterion" FOREIGN KEY ("organization_id", "criterion_id") REFERENCES "criteria"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "ratings" ADD CONSTRAINT "fk_ratings_scorecard" FOREIGN KEY ("organization_id", "scorecard_id") REFERENCES "scorecards"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "ratings" DROP CONSTRAINT "fk_ratings_scorecard"`);
    await runner.query(`ALTER TABLE "ratings" DROP CONSTRAINT "fk_ratings_criterion"`);
    await runner.query(`ALTER TABLE "scorecards" DROP CONSTRAINT "fk_scorecards_session"`);
    await runner.query(`ALTER TABLE "scorecards" DROP CONSTRAINT "fk_scorecards_interviewer"`);
    await runner.query(`ALTER TABLE "panelists" DROP CONSTRAINT "fk_panelists_session"`);
    await runner.query(`ALTER TABLE "panelists" DROP CONSTRAINT "fk_panelists_member"`);
    await runner.query(`ALTER TABLE "session_questions" DROP CONSTRAINT "fk_session_questions_session"`);
    await runner.query(`ALTER TABLE "session_questions" DROP CONSTRAINT "fk_session_questions_question_version"`);
    await runner.query(`ALTER TABLE "interview_sessions" DROP CONSTRAINT "fk_interview_sessions_application"`);
    await runner.query(`ALTER TABLE "interview_sessions" DROP CONSTRAINT "fk_interview_sessions_kit"`);
    await runner.query(`ALTER TABLE "interview_sessions" DROP CONSTRAINT "fk_interview_sessions_profile_version"`);
    await runner.query(`ALTER TABLE "interview_sessions" DROP CONSTRAINT "fk_interview_sessions_rubric_version"`);
    await runner.query(`ALTER TABLE "kit_questions" DROP CONSTRAINT "fk_kit_questions_kit"`);
    await runner.query(`ALTER TABLE "kit_questions" DROP CONSTRAINT "fk_kit_questions_question_version"`);
    await runner.query(`ALTER TABLE "interview_kits" DROP CONSTRAINT "fk_interview_kits_profile_version"`);
    await runner.query(`ALTER TABLE "interview_kits" DROP CONSTRAINT "fk_interview_kits_rubric_version"`);
    await runner.query(`ALTER TABLE "question_versions" DROP CONSTRAINT "fk_question_versions_question"`);
    await runner.query(`ALTER TABLE "question_versions" DROP CONSTRAINT "fk_question_versions_skill"`);
    await runner.query(`ALTER TABLE "questions" DROP CONSTRAINT "fk_questions_bank"`);
    await runner.query(`ALTER TABLE "members" DROP CONSTRAINT "fk_members_employer"`);
    await runner.query(`ALTER TABLE "skills" DROP CONSTRAINT "fk_skills_parent"`);
    await runner.query(`ALTER TABLE "anchors" DROP CONSTRAINT "fk_anchors_criterion"`);
    await runner.query(`ALTER TABLE "criteria" DROP CONSTRAINT "fk_criteria_rubric_version"`);
    await runner.query(`ALTER TABLE "criteria" DROP CONSTRAINT "fk_criteria_skill"`);
    await runner.query(`ALTER TABLE "rubric_versions" DROP CONSTRAINT "fk_rubric_versions_rubric"`);
    await runner.query(`ALTER TABLE "expectations" DROP CONSTRAINT "fk_expectations_profile_version"`);
    await runner.query(`ALTER TABLE "expectations" DROP CONSTRAINT "fk_expectations_skill"`);
    await runner.query(`ALTER TABLE "role_profile_versions" DROP CONSTRAINT "fk_role_profile_versions_profile"`);
    await runner.query(`ALTER TABLE "jobs" DROP CONSTRAINT "fk_jobs_profile_version"`);
    await runner.query(`ALTER TABLE "applications" DROP CONSTRAINT "fk_applications_candidate"`);
    await runner.query(`ALTER TABLE "applications" DROP CONSTRAINT "fk_applications_job"`);
    await runner.query(`ALTER TABLE "journal_positions" DROP CONSTRAINT "fk_journal_positions_entry"`);
    await runner.query(`DROP INDEX "public"."ix_ratings_organization_id_criterion_id"`);
    await runner.query(`DROP TABLE "ratings"`);
    await runner.query(`DROP INDEX "public"."ix_scorecards_one_draft"`);
    await runner.query(`DROP INDEX "public"."ix_scorecards_organization_id_interviewer_id_id"`);
    await runner.query(`DROP TABLE "scorecards"`);
    await runner.query(`DROP TABLE "question_banks"`);
    await runner.query(`DROP INDEX "public"."ix_panelists_organization_id_member_id_session_id"`);
    await runner.query(`DROP TABLE "panelists"`);
    await runner.query(`DROP INDEX "public"."ix_session_questions_organization_id_question_version_id"`);
    await runner.query(`DROP TABLE "session_questions"`);
    await runner.query(`DROP INDEX "public"."ix_interview_sessions_organization_id_application_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_interview_sessions_organization_id_kit_id"`);
    await runner.query(`DROP INDEX "public"."ix_interview_sessions_organization_id_profile_version_id"`);
    await runner.query(`DROP INDEX "public"."ix_interview_sessions_organization_id_rubric_version_id"`);
    await runner.query(`DROP TABLE "interview_sessions"`);
    await runner.query(`DROP INDEX "public"."ix_kit_questions_organization_id_question_version_id"`);
    await runner.query(`DROP TABLE "kit_questions"`);
    await runner.query(`DROP INDEX "public"."ix_interview_kits_organization_id_profile_version_id"`);
    await runner.query(`DROP INDEX "public"."ix_interview_kits_organization_id_rubric_version_id"`);
    await runner.query(`DROP TABLE "interview_kits"`);
    await runner.query(`DROP INDEX "public"."ix_question_versions_organization_id_checksum"`);
    await runner.query(`DROP INDEX "public"."ix_question_versions_organization_id_skill_id"`);
    await runner.query(`DROP TABLE "question_versions"`);
    await runner.query(`DROP INDEX "public"."ix_questions_organization_id_bank_id_id"`);
    await runner.query(`DROP TABLE "questions"`);
    await runner.query(`DROP TABLE "organizations"`);
    await runner.query(`DROP TABLE "members"`);
    await runner.query(`DROP INDEX "public"."ix_skills_organization_id_parent_id"`);
    await runner.query(`DROP TABLE "skills"`);
    await runner.query(`DROP TABLE "anchors"`);
    await runner.query(`DROP INDEX "public"."ix_criteria_organization_id_skill_id"`);
    await runner.query(`DROP TABLE "criteria"`);
    await runner.query(`DROP TABLE "rubric_versions"`);
    await runner.query(`DROP TABLE "rubrics"`);
    await runner.query(`DROP INDEX "public"."ix_expectations_organization_id_skill_id"`);
    await runner.query(`DROP TABLE "expectations"`);
    await runner.query(`DROP TABLE "role_profile_versions"`);
    await runner.query(`DROP TABLE "role_profiles"`);
    await runner.query(`DROP INDEX "public"."ix_jobs_organization_id_profile_version_id"`);
    await runner.query(`DROP TABLE "jobs"`);
    await runner.query(`DROP TABLE "candidates"`);
    await runner.query(`DROP INDEX "public"."ix_applications_organization_id_job_id_id"`);
    await runner.query(`DROP TABLE "applications"`);
    await runner.query(`DROP TABLE "journal_cursors"`);
    await runner.query(`DROP TABLE "journal_positions"`);
    await runner.query(`DROP TABLE "journal_entries"`);
    await runner.query(`DROP INDEX "public"."ix_access_log_organization_id_created_at"`);
    await runner.query(`DROP TABLE "access_log"`);
  }
}
