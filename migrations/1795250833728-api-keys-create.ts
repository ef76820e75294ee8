import type { MigrationInterface, QueryRunner } from "typeorm";
import { raiseWall } from "../src/platform/db/wall";

export class ApiKeysCreate1795250833728 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "api_keys" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "name" text NOT NULL, "environment" text NOT NULL, "scopes" text array NOT NULL, "created_by_id" uuid NOT NULL, "secret_hash" text NOT NULL, "former_secret_hash" text, "former_until" TIMESTAMP(3) WITH TIME ZONE, "expires_at" TIMESTAMP(3) WITH TIME ZONE, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, "last_used_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "pk_api_keys" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_api_keys_organization_id_created_by_id" ON "api_keys"  ("organization_id", "created_by_id") `,
    );
    await runner.query(`ALTER TABLE "access_log" ADD "kind" text NOT NULL DEFAULT 'REFUSED'`);
    await runner.query(`ALTER TABLE "access_log" ALTER COLUMN "code" DROP NOT NULL`);
    await runner.query(
      `CREATE INDEX "ix_access_log_organization_id_actor_id_id" ON "access_log"  ("organization_id", "actor_id", "id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_journal_entries_organization_id_actor_id_id" ON "journal_entries"  ("organization_id", "actor_id", "id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_journal_entries_organization_id_object_id_id" ON "journal_entries"  ("organization_id", "object_id", "id") `,
    );
    await runner.query(
      `ALTER TABLE "api_keys" ADD CONSTRAINT "fk_api_keys_created_by" FOREIGN KEY ("organization_id", "created_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await raiseWall(runner, "api_keys");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "api_keys" DROP CONSTRAINT "fk_api_keys_created_by"`);
    await runner.query(`DROP INDEX "public"."ix_journal_entries_organization_id_object_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_journal_entries_organization_id_actor_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_access_log_organization_id_actor_id_id"`);
    await runner.query(`ALTER TABLE "access_log" ALTER COLUMN "code" SET NOT NULL`);
    await runner.query(`ALTER TABLE "access_log" DROP COLUMN "kind"`);
    await runner.query(`DROP INDEX "public"."ix_api_keys_organization_id_created_by_id"`);
    await runner.query(`DROP TABLE "api_keys"`);
  }
}
