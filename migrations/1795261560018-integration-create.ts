import type { MigrationInterface, QueryRunner } from "typeorm";
import { raiseWall } from "../src/platform/db/wall";

/** Table that is written once -> trigger function that keeps it, and the texts that erasing a candidate clears. */
const ERASED_TEXTS = [
  ["dissents", "keep_written", ["reason"]],
  ["schedule_changes", "keep_written", ["reason", "place"]],
  ["decisions", "keep_decided", ["rationale", "departure_reason", "reopened_reason"]],
] as const;

const ERASES = "(current_setting('app.erasing', true) = 'on')";

/** Erasure says so in its own transaction, and may then clear these texts, and nothing else. */
const LETTING_ERASE = [
  `create function keep_all_but_texts() returns trigger language plpgsql as $$ begin
     if to_jsonb(new) - tg_argv <> to_jsonb(old) - tg_argv then
       raise exception '% %: erasing clears its texts and nothing else', tg_table_name, old.id
         using errcode = 'restrict_violation';
     end if;
     return new;
   end $$`,
  "revoke execute on function keep_all_but_texts() from public",
  ...ERASED_TEXTS.flatMap(([table, keep, texts]) => [
    `drop trigger keep on ${table}`,
    `create trigger keep before update on ${table} for each row when (${ERASES} is not true) execute function ${keep}()`,
    `create trigger keep_all_but_texts before update on ${table} for each row when ${ERASES}
       execute function keep_all_but_texts(${texts.map((text) => `'${text}'`).join(", ")})`,
  ]),
];

const KEEPING_AGAIN = [
  ...ERASED_TEXTS.flatMap(([table, keep]) => [
    `drop trigger keep on ${table}`,
    `drop trigger keep_all_but_texts on ${table}`,
    `create trigger keep before update on ${table} for each row execute function ${keep}()`,
  ]),
  "drop function keep_all_but_texts()",
];

export class IntegrationCreate1795261560018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "external_references" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "system" text NOT NULL, "external_id" text NOT NULL, "candidate_id" uuid, "job_id" uuid, "application_id" uuid, CONSTRAINT "external_references_one" CHECK (num_nonnulls(candidate_id, job_id, application_id) = 1), CONSTRAINT "pk_external_references" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_external_references_organization_id_application_id" ON "external_references"  ("organization_id", "application_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_external_references_organization_id_job_id" ON "external_references"  ("organization_id", "job_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_external_references_organization_id_candidate_id" ON "external_references"  ("organization_id", "candidate_id") `,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_external_references_application" ON "external_references"  ("organization_id", "system", "external_id") WHERE application_id is not null`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_external_references_job" ON "external_references"  ("organization_id", "system", "external_id") WHERE job_id is not null`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_external_references_candidate" ON "external_references"  ("organization_id", "system", "external_id") WHERE candidate_id is not null`,
    );
    await runner.query(
      `CREATE TABLE "idempotent_requests" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "actor_id" uuid NOT NULL, "key" text NOT NULL, "request_hash" text NOT NULL, "result" jsonb NOT NULL, "answer" text, CONSTRAINT "uq_idempotent_requests_organization_id_actor_id_key" UNIQUE ("organization_id", "actor_id", "key"), CONSTRAINT "pk_idempotent_requests" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "set_aside_jobs" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "job" text NOT NULL, "facts" jsonb NOT NULL, "attempts" integer NOT NULL, "failure" text NOT NULL, "retried_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "pk_set_aside_jobs" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "scorecard_reminders" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "panelist_id" uuid NOT NULL, "number" integer NOT NULL, CONSTRAINT "uq_scorecard_reminders_organization_id_panelist_id_number" UNIQUE ("organization_id", "panelist_id", "number"), CONSTRAINT "pk_scorecard_reminders" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE TABLE "webhook_deliveries" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "endpoint_id" uuid NOT NULL, "position" bigint, "type" text NOT NULL, "object_id" uuid NOT NULL, "body" text NOT NULL, "state" text NOT NULL, "attempts" integer NOT NULL, "due_at" TIMESTAMP(3) WITH TIME ZONE, "leased_until" TIMESTAMP(3) WITH TIME ZONE, "delivered_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "uq_webhook_deliveries_organization_id_endpoint_id_position" UNIQUE ("organization_id", "endpoint_id", "position"), CONSTRAINT "pk_webhook_deliveries" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_webhook_deliveries_lane" ON "webhook_deliveries"  ("organization_id", "endpoint_id", "object_id", "position") WHERE state in ('WAITING', 'PENDING')`,
    );
    await runner.query(
      `CREATE INDEX "ix_webhook_deliveries_leased" ON "webhook_deliveries"  ("organization_id", "endpoint_id", "leased_until") WHERE leased_until is not null`,
    );
    await runner.query(
      `CREATE INDEX "ix_webhook_deliveries_due" ON "webhook_deliveries"  ("organization_id", "endpoint_id", "due_at", "position") WHERE state = 'PENDING'`,
    );
    await runner.query(
      `CREATE INDEX "ix_webhook_deliveries_organization_id_object_id" ON "webhook_deliveries"  ("organization_id", "object_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_webhook_deliveries_organization_id_endpoint_id_id" ON "webhook_deliveries"  ("organization_id", "endpoint_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "webhook_attempts" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "delivery_id" uuid NOT NULL, "number" integer NOT NULL, "duration_milliseconds" integer NOT NULL, "request_headers" text NOT NULL, "response_status" integer, "response_headers" text, "response_body" text, "failure" text, CONSTRAINT "pk_webhook_attempts" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_webhook_attempts_organization_id_delivery_id_id" ON "webhook_attempts"  ("organization_id", "delivery_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "webhook_endpoints" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "url" text NOT NULL, "description" text NOT NULL, "event_types" text array NOT NULL, "state" text NOT NULL, "disabled_reason" text, "secret" text NOT NULL, "former_secret" text, "former_until" TIMESTAMP(3) WITH TIME ZONE, "created_by_id" uuid NOT NULL, "position" bigint NOT NULL, "failing_since" TIMESTAMP(3) WITH TIME ZONE, "rests_until" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "pk_webhook_endpoints" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_webhook_endpoints_organization_id_created_by_id" ON "webhook_endpoints"  ("organization_id", "created_by_id") `,
    );
    await runner.query(`ALTER TABLE "candidates" ADD "erased_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "members" ADD "time_zone" text`);
    await runner.query(`ALTER TABLE "organizations" ADD "candidate_retention_days" integer`);
    await runner.query(`ALTER TABLE "scorecards" ADD "entered_by_key_id" uuid`);
    await runner.query(
      `CREATE INDEX "ix_applications_organization_id_updated_at_id" ON "applications"  ("organization_id", "updated_at", "id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_candidates_organization_id_updated_at_id" ON "candidates"  ("organization_id", "updated_at", "id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_jobs_organization_id_updated_at_id" ON "jobs"  ("organization_id", "updated_at", "id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_scorecards_organization_id_entered_by_key_id" ON "scorecards"  ("organization_id", "entered_by_key_id") `,
    );
    await runner.query(
      `ALTER TABLE "external_references" ADD CONSTRAINT "fk_external_references_application" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "external_references" ADD CONSTRAINT "fk_external_references_job" FOREIGN KEY ("organization_id", "job_id") REFERENCES "jobs"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "external_references" ADD CONSTRAINT "fk_external_references_candidate" FOREIGN KEY ("organization_id", "candidate_id") REFERENCES "candidates"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "scorecards" ADD CONSTRAINT "fk_scorecards_entered_by_key" FOREIGN KEY ("organization_id", "entered_by_key_id") REFERENCES "api_keys"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "scorecard_reminders" ADD CONSTRAINT "fk_scorecard_reminders_panelist" FOREIGN KEY ("organization_id", "panelist_id") REFERENCES "panelists"("organization_id","id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "fk_webhook_deliveries_endpoint" FOREIGN KEY ("organization_id", "endpoint_id") REFERENCES "webhook_endpoints"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "webhook_attempts" ADD CONSTRAINT "fk_webhook_attempts_delivery" FOREIGN KEY ("organization_id", "delivery_id") REFERENCES "webhook_deliveries"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "fk_webhook_endpoints_created_by" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await raiseWall(
      runner,
      "set_aside_jobs",
      "idempotent_requests",
      "external_references",
      "scorecard_reminders",
      "webhook_endpoints",
      "webhook_deliveries",
      "webhook_attempts",
    );
    for (const statement of LETTING_ERASE) await runner.query(statement);
    // Nothing follows what happened before there were jobs.
    for (const table of ["journal_positions", "journal_cursors"]) {
      await runner.query(`alter table ${table} no force row level security`);
    }
    await runner.query(
      `insert into journal_cursors (organization_id, listener, position)
       select organization_id, 'jobs', max(position) from journal_positions group by organization_id`,
    );
    for (const table of ["journal_positions", "journal_cursors"]) {
      await runner.query(`alter table ${table} force row level security`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of KEEPING_AGAIN) await runner.query(statement);
    await runner.query("alter table journal_cursors no force row level security");
    await runner.query("delete from journal_cursors where listener = 'jobs'");
    await runner.query("alter table journal_cursors force row level security");
    await runner.query(`ALTER TABLE "webhook_endpoints" DROP CONSTRAINT "fk_webhook_endpoints_created_by"`);
    await runner.query(`ALTER TABLE "webhook_attempts" DROP CONSTRAINT "fk_webhook_attempts_delivery"`);
    await runner.query(`ALTER TABLE "webhook_deliveries" DROP CONSTRAINT "fk_webhook_deliveries_endpoint"`);
    await runner.query(`ALTER TABLE "scorecard_reminders" DROP CONSTRAINT "fk_scorecard_reminders_panelist"`);
    await runner.query(`ALTER TABLE "scorecards" DROP CONSTRAINT "fk_scorecards_entered_by_key"`);
    await runner.query(`ALTER TABLE "external_references" DROP CONSTRAINT "fk_external_references_candidate"`);
    await runner.query(`ALTER TABLE "external_references" DROP CONSTRAINT "fk_external_references_job"`);
    await runner.query(`ALTER TABLE "external_references" DROP CONSTRAINT "fk_external_references_application"`);
    await runner.query(`DROP INDEX "public"."ix_scorecards_organization_id_entered_by_key_id"`);
    await runner.query(`DROP INDEX "public"."ix_jobs_organization_id_updated_at_id"`);
    await runner.query(`DROP INDEX "public"."ix_candidates_organization_id_updated_at_id"`);
    await runner.query(`DROP INDEX "public"."ix_applications_organization_id_updated_at_id"`);
    await runner.query(`ALTER TABLE "scorecards" DROP COLUMN "entered_by_key_id"`);
    await runner.query(`ALTER TABLE "organizations" DROP COLUMN "candidate_retention_days"`);
    await runner.query(`ALTER TABLE "members" DROP COLUMN "time_zone"`);
    await runner.query(`ALTER TABLE "candidates" DROP COLUMN "erased_at"`);
    await runner.query(`DROP INDEX "public"."ix_webhook_endpoints_organization_id_created_by_id"`);
    await runner.query(`DROP TABLE "webhook_endpoints"`);
    await runner.query(`DROP INDEX "public"."ix_webhook_attempts_organization_id_delivery_id_id"`);
    await runner.query(`DROP TABLE "webhook_attempts"`);
    await runner.query(`DROP INDEX "public"."ix_webhook_deliveries_organization_id_endpoint_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_webhook_deliveries_organization_id_object_id"`);
    await runner.query(`DROP INDEX "public"."ix_webhook_deliveries_due"`);
    await runner.query(`DROP INDEX "public"."ix_webhook_deliveries_leased"`);
    await runner.query(`DROP INDEX "public"."ix_webhook_deliveries_lane"`);
    await runner.query(`DROP TABLE "webhook_deliveries"`);
    await runner.query(`DROP TABLE "scorecard_reminders"`);
    await runner.query(`DROP TABLE "set_aside_jobs"`);
    await runner.query(`DROP TABLE "idempotent_requests"`);
    await runner.query(`DROP INDEX "public"."ix_external_references_candidate"`);
    await runner.query(`DROP INDEX "public"."ix_external_references_job"`);
    await runner.query(`DROP INDEX "public"."ix_external_references_application"`);
    await runner.query(`DROP INDEX "public"."ix_external_references_organization_id_candidate_id"`);
    await runner.query(`DROP INDEX "public"."ix_external_references_organization_id_job_id"`);
    await runner.query(`DROP INDEX "public"."ix_external_references_organization_id_application_id"`);
    await runner.query(`DROP TABLE "external_references"`);
  }
}
