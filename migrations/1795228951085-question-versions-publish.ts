import type { MigrationInterface, QueryRunner } from "typeorm";
import { raiseWall } from "../src/platform/db/wall";

const NEW_TABLES = [
  "question_skills",
  "question_authors",
  "question_comments",
  "question_uses",
  "rubric_skills",
  "rubric_authors",
  "imports",
];

/** The wall would hide their rows from the owner, too. */
const READ_OR_CHANGED = [
  "skills",
  "members",
  "questions",
  "question_versions",
  "rubrics",
  "rubric_versions",
  "criteria",
  "role_profiles",
  "role_profile_versions",
];

/** The id of a row made from another: the same, but for the number of its type. */
const retyped = (id: string, type: string): string => `overlay(${id}::text placing '${type}' from 16 for 3)::uuid`;

const latest = (table: string, versions: string, by: string): string => `
  update ${table} t set version = 1, updated_at = created_at, latest_number =
    (select max(number) from ${versions} v where v.organization_id = t.organization_id and v.${by} = t.id)`;

/** What was in use stays in use: the newest version of everything is READY, those before it RETIRED. */
const CARRY_OVER = [
  latest("role_profiles", "role_profile_versions", "profile_id"),
  latest("rubrics", "rubric_versions", "rubric_id"),
  `update question_versions v set state = case when v.number = q.latest_number then 'READY' else 'RETIRED' end
   from questions q where q.organization_id = v.organization_id and q.id = v.question_id`,
  `update rubric_versions v set state = case when v.number = r.latest_number then 'READY' else 'RETIRED' end
   from rubrics r where r.organization_id = v.organization_id and r.id = v.rubric_id`,
  ...["rubrics", "role_profiles"].flatMap((table) =>
    ["version", "updated_at", "latest_number"].map((column) => `alter table ${table} alter ${column} set not null`),
  ),
  ...["question_versions", "rubric_versions"].map((table) => `alter table ${table} alter state set not null`),
  `insert into question_skills (organization_id, id, created_at, question_version_id, skill_id)
   select organization_id, ${retyped("id", "037")}, created_at, id, skill_id
   from question_versions where skill_id is not null`,
  `insert into rubric_skills (organization_id, id, created_at, rubric_version_id, skill_id)
   select distinct on (organization_id, rubric_version_id, skill_id)
     organization_id, ${retyped("id", "03b")}, created_at, rubric_version_id, skill_id
   from criteria order by organization_id, rubric_version_id, skill_id, id`,
];

/** Written once: who changes a draft writes its parts anew. */
const WRITTEN_ONCE = [
  "question_skills",
  "rubric_skills",
  "role_profile_versions",
  "expectations",
  "criteria",
  "anchors",
  "question_comments",
  "question_uses",
];
const PUBLISHED = ["question_versions", "rubric_versions"];

/** Part -> the version that it belongs to, by the part's organisation and the named column. */
const PARTS = [
  ["question_skills", "question_version_id", "select state, created_at from question_versions v where"],
  ["rubric_skills", "rubric_version_id", "select state, created_at from rubric_versions v where"],
  ["criteria", "rubric_version_id", "select state, created_at from rubric_versions v where"],
  [
    "anchors",
    "criterion_id",
    `select o.state, o.created_at from criteria v
     join rubric_versions o on o.organization_id = v.organization_id and o.id = v.rubric_version_id where`,
  ],
] as const;

/** A version that was published says for ever what it said: only its state and the count of its uses go on. */
const KEEPING = [
  `create function keep_published() returns trigger language plpgsql as $$
   declare moving text[] := array['state', 'use_count', 'last_used_at'];
   begin
     if old.state in ('READY', 'RETIRED')
       and (to_jsonb(new) - moving <> to_jsonb(old) - moving or new.state not in (old.state, 'RETIRED')) then
       raise exception '% % was published and stays as it is', tg_table_name, old.id using errcode = 'restrict_violation';
     end if;
     return new;
   end $$`,
  `create function keep_written() returns trigger language plpgsql as $$ begin
     raise exception '% % stays as it was written', tg_table_name, old.id using errcode = 'restrict_violation';
   end $$`,
  // Parts are made in the operation that makes their version, and so at the same instant.
  `create function keep_published_parts() returns trigger language plpgsql as $$
   declare
     part jsonb := case when tg_op = 'INSERT' then to_jsonb(new) else to_jsonb(old) end;
     state text;
     made timestamptz;
   begin
     execute tg_argv[1] || ' v.organization_id = $1 and v.id = $2' into state, made
       using (part ->> 'organization_id')::uuid, (part ->> tg_argv[0])::uuid;
     if state in ('READY', 'RETIRED') and (tg_op = 'DELETE' or made <> (part ->> 'created_at')::timestamptz) then
       raise exception '% of a version that was published stay as they are', tg_table_name
         using errcode = 'restrict_violation';
     end if;
     return case when tg_op = 'INSERT' then new else old end;
   end $$`,
  ...PARTS.map(
    ([table, by, version]) =>
      `create trigger keep_parts before insert or delete on ${table}
       for each row execute function keep_published_parts('${by}', '${version}')`,
  ),
  ...PUBLISHED.map(
    (table) => `create trigger keep before update on ${table} for each row execute function keep_published()`,
  ),
  ...WRITTEN_ONCE.map(
    (table) => `create trigger keep before update on ${table} for each row execute function keep_written()`,
  ),
  `revoke execute on function keep_published(), keep_published_parts(), keep_written() from public`,
];

export class QuestionVersionsPublish1795228951085 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of READ_OR_CHANGED) await runner.query(`alter table ${table} no force row level security`);
    await runner.query(`ALTER TABLE "question_versions" DROP CONSTRAINT "fk_question_versions_skill"`);
    await runner.query(`DROP INDEX "public"."ix_question_versions_organization_id_skill_id"`);
    await runner.query(
      `CREATE TABLE "rubric_skills" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "rubric_version_id" uuid NOT NULL, "skill_id" uuid NOT NULL, CONSTRAINT "uq_rubric_skills_organization_id_rubric_version_id_skill_id" UNIQUE ("organization_id", "rubric_version_id", "skill_id"), CONSTRAINT "pk_rubric_skills" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_rubric_skills_organization_id_skill_id" ON "rubric_skills"  ("organization_id", "skill_id") `,
    );
    await runner.query(
      `CREATE TABLE "rubric_authors" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "rubric_version_id" uuid NOT NULL, "member_id" uuid NOT NULL, CONSTRAINT "uq_rubric_authors_organization_id_rubric_version_id_member_id" UNIQUE ("organization_id", "rubric_version_id", "member_id"), CONSTRAINT "pk_rubric_authors" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_rubric_authors_organization_id_member_id" ON "rubric_authors"  ("organization_id", "member_id") `,
    );
    await runner.query(
      `CREATE TABLE "question_skills" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "question_version_id" uuid NOT NULL, "skill_id" uuid NOT NULL, CONSTRAINT "uq_question_skills_organization_id_question_version_id_skill_id" UNIQUE ("organization_id", "question_version_id", "skill_id"), CONSTRAINT "pk_question_skills" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_question_skills_organization_id_skill_id_question_version_id" ON "question_skills"  ("organization_id", "skill_id", "question_version_id") `,
    );
    await runner.query(
      `CREATE TABLE "question_authors" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "question_version_id" uuid NOT NULL, "member_id" uuid NOT NULL, CONSTRAINT "uq_question_authors_organization_id_question_version_i_09a499af" UNIQUE ("organization_id", "question_version_id", "member_id"), CONSTRAINT "pk_question_authors" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_question_authors_organization_id_member_id" ON "question_authors"  ("organization_id", "member_id") `,
    );
    await runner.query(
      `CREATE TABLE "imports" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "started_by_id" uuid, "format" text NOT NULL, "state" text NOT NULL, "item_count" integer NOT NULL, "done_count" integer NOT NULL, "failure" text, "finished_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "imports_state" CHECK (state in ('RUNNING', 'DONE', 'FAILED')), CONSTRAINT "pk_imports" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_imports_organization_id_started_by_id" ON "imports"  ("organization_id", "started_by_id") `,
    );
    await runner.query(
      `CREATE TABLE "question_comments" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "question_version_id" uuid NOT NULL, "author_id" uuid NOT NULL, "text" text NOT NULL, "verdict" text, CONSTRAINT "pk_question_comments" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_question_comments_organization_id_author_id" ON "question_comments"  ("organization_id", "author_id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_question_comments_organization_id_question_version_id_id" ON "question_comments"  ("organization_id", "question_version_id", "id") `,
    );
    await runner.query(
      `CREATE TABLE "question_uses" ("organization_id" uuid NOT NULL, "id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "question_version_id" uuid NOT NULL, "occasion" text NOT NULL, "used_in" uuid NOT NULL, CONSTRAINT "pk_question_uses" PRIMARY KEY ("organization_id", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_question_uses_organization_id_question_version_id_id" ON "question_uses"  ("organization_id", "question_version_id", "id") `,
    );
    await runner.query(`ALTER TABLE "role_profiles" ADD "version" integer`);
    await runner.query(`ALTER TABLE "role_profiles" ADD "updated_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "role_profiles" ADD "external_key" text`);
    await runner.query(`ALTER TABLE "role_profiles" ADD "latest_number" integer`);
    await runner.query(`ALTER TABLE "rubrics" ADD "version" integer`);
    await runner.query(`ALTER TABLE "rubrics" ADD "updated_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "rubrics" ADD "external_key" text`);
    await runner.query(`ALTER TABLE "rubrics" ADD "latest_number" integer`);
    await runner.query(`ALTER TABLE "rubric_versions" ADD "state" text`);
    await runner.query(`ALTER TABLE "question_versions" ADD "state" text`);
    await runner.query(`ALTER TABLE "question_versions" ADD "guidance" jsonb`);
    await runner.query(`ALTER TABLE "question_versions" ADD "level" text`);
    await runner.query(`ALTER TABLE "question_versions" ADD "difficulty" integer`);
    await runner.query(`ALTER TABLE "question_versions" ADD "minutes" integer`);
    await runner.query(`ALTER TABLE "question_versions" ADD "licence" text`);
    await runner.query(`ALTER TABLE "question_versions" ADD "source" text`);
    await runner.query(`ALTER TABLE "question_versions" ADD "use_count" integer NOT NULL DEFAULT '0'`);
    await runner.query(`ALTER TABLE "question_versions" ADD "last_used_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "interview_kits" ADD "external_key" text`);
    await runner.query(`ALTER TABLE "question_banks" ADD "external_key" text`);
    for (const statement of CARRY_OVER) await runner.query(statement);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "skill_id"`);
    await runner.query(
      `CREATE UNIQUE INDEX "uq_rubric_versions_open" ON "rubric_versions"  ("organization_id", "rubric_id") WHERE state in ('DRAFT', 'IN_REVIEW')`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "uq_rubric_versions_ready" ON "rubric_versions"  ("organization_id", "rubric_id") WHERE state = 'READY'`,
    );
    await runner.query(
      `CREATE INDEX "ix_question_versions_organization_id_use_count_id" ON "question_versions"  ("organization_id", "use_count", "id") `,
    );
    await runner.query(
      `CREATE INDEX "ix_question_versions_organization_id_state_id" ON "question_versions"  ("organization_id", "state", "id") `,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "uq_question_versions_open" ON "question_versions"  ("organization_id", "question_id") WHERE state in ('DRAFT', 'IN_REVIEW')`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "uq_question_versions_ready" ON "question_versions"  ("organization_id", "question_id") WHERE state = 'READY'`,
    );
    await runner.query(
      `ALTER TABLE "rubric_versions" ADD CONSTRAINT "rubric_versions_state" CHECK (state in ('DRAFT', 'IN_REVIEW', 'READY', 'RETIRED'))`,
    );
    await runner.query(
      `ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_minutes" CHECK (minutes between 1 and 240)`,
    );
    await runner.query(
      `ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_difficulty" CHECK (difficulty between 1 and 5)`,
    );
    await runner.query(
      `ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_state" CHECK (state in ('DRAFT', 'IN_REVIEW', 'READY', 'RETIRED'))`,
    );
    await runner.query(
      `ALTER TABLE "role_profiles" ADD CONSTRAINT "uq_role_profiles_organization_id_external_key" UNIQUE ("organization_id", "external_key")`,
    );
    await runner.query(
      `ALTER TABLE "rubrics" ADD CONSTRAINT "uq_rubrics_organization_id_external_key" UNIQUE ("organization_id", "external_key")`,
    );
    await runner.query(
      `ALTER TABLE "interview_kits" ADD CONSTRAINT "uq_interview_kits_organization_id_external_key" UNIQUE ("organization_id", "external_key")`,
    );
    await runner.query(
      `ALTER TABLE "question_banks" ADD CONSTRAINT "uq_question_banks_organization_id_external_key" UNIQUE ("organization_id", "external_key")`,
    );
    await runner.query(
      `ALTER TABLE "rubric_skills" ADD CONSTRAINT "fk_rubric_skills_skill" FOREIGN KEY ("organization_id", "skill_id") REFERENCES "skills"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "rubric_skills" ADD CONSTRAINT "fk_rubric_skills_rubric_version" FOREIGN KEY ("organization_id", "rubric_version_id") REFERENCES "rubric_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "rubric_authors" ADD CONSTRAINT "fk_rubric_authors_member" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "rubric_authors" ADD CONSTRAINT "fk_rubric_authors_rubric_version" FOREIGN KEY ("organization_id", "rubric_version_id") REFERENCES "rubric_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_skills" ADD CONSTRAINT "fk_question_skills_skill" FOREIGN KEY ("organization_id", "skill_id") REFERENCES "skills"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_skills" ADD CONSTRAINT "fk_question_skills_question_version" FOREIGN KEY ("organization_id", "question_version_id") REFERENCES "question_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_authors" ADD CONSTRAINT "fk_question_authors_member" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_authors" ADD CONSTRAINT "fk_question_authors_question_version" FOREIGN KEY ("organization_id", "question_version_id") REFERENCES "question_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "imports" ADD CONSTRAINT "fk_imports_started_by" FOREIGN KEY ("organization_id", "started_by_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_comments" ADD CONSTRAINT "fk_question_comments_author" FOREIGN KEY ("organization_id", "author_id") REFERENCES "members"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_comments" ADD CONSTRAINT "fk_question_comments_question_version" FOREIGN KEY ("organization_id", "question_version_id") REFERENCES "question_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "question_uses" ADD CONSTRAINT "fk_question_uses_question_version" FOREIGN KEY ("organization_id", "question_version_id") REFERENCES "question_versions"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    for (const table of READ_OR_CHANGED) await runner.query(`alter table ${table} force row level security`);
    await raiseWall(runner, ...NEW_TABLES);
    for (const statement of KEEPING) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...PUBLISHED, ...WRITTEN_ONCE]) await runner.query(`drop trigger keep on ${table}`);
    for (const [table] of PARTS) await runner.query(`drop trigger keep_parts on ${table}`);
    await runner.query("drop function keep_published(), keep_published_parts(), keep_written()");
    await runner.query(`ALTER TABLE "question_uses" DROP CONSTRAINT "fk_question_uses_question_version"`);
    await runner.query(`ALTER TABLE "question_comments" DROP CONSTRAINT "fk_question_comments_question_version"`);
    await runner.query(`ALTER TABLE "question_comments" DROP CONSTRAINT "fk_question_comments_author"`);
    await runner.query(`ALTER TABLE "imports" DROP CONSTRAINT "fk_imports_started_by"`);
    await runner.query(`ALTER TABLE "question_authors" DROP CONSTRAINT "fk_question_authors_question_version"`);
    await runner.query(`ALTER TABLE "question_authors" DROP CONSTRAINT "fk_question_authors_member"`);
    await runner.query(`ALTER TABLE "question_skills" DROP CONSTRAINT "fk_question_skills_question_version"`);
    await runner.query(`ALTER TABLE "question_skills" DROP CONSTRAINT "fk_question_skills_skill"`);
    await runner.query(`ALTER TABLE "rubric_authors" DROP CONSTRAINT "fk_rubric_authors_rubric_version"`);
    await runner.query(`ALTER TABLE "rubric_authors" DROP CONSTRAINT "fk_rubric_authors_member"`);
    await runner.query(`ALTER TABLE "rubric_skills" DROP CONSTRAINT "fk_rubric_skills_rubric_version"`);
    await runner.query(`ALTER TABLE "rubric_skills" DROP CONSTRAINT "fk_rubric_skills_skill"`);
    await runner.query(`ALTER TABLE "question_banks" DROP CONSTRAINT "uq_question_banks_organization_id_external_key"`);
    await runner.query(`ALTER TABLE "interview_kits" DROP CONSTRAINT "uq_interview_kits_organization_id_external_key"`);
    await runner.query(`ALTER TABLE "rubrics" DROP CONSTRAINT "uq_rubrics_organization_id_external_key"`);
    await runner.query(`ALTER TABLE "role_profiles" DROP CONSTRAINT "uq_role_profiles_organization_id_external_key"`);
    await runner.query(`ALTER TABLE "question_versions" DROP CONSTRAINT "question_versions_state"`);
    await runner.query(`ALTER TABLE "question_versions" DROP CONSTRAINT "question_versions_difficulty"`);
    await runner.query(`ALTER TABLE "question_versions" DROP CONSTRAINT "question_versions_minutes"`);
    await runner.query(`ALTER TABLE "rubric_versions" DROP CONSTRAINT "rubric_versions_state"`);
    await runner.query(`DROP INDEX "public"."uq_question_versions_ready"`);
    await runner.query(`DROP INDEX "public"."uq_question_versions_open"`);
    await runner.query(`DROP INDEX "public"."ix_question_versions_organization_id_state_id"`);
    await runner.query(`DROP INDEX "public"."ix_question_versions_organization_id_use_count_id"`);
    await runner.query(`DROP INDEX "public"."uq_rubric_versions_ready"`);
    await runner.query(`DROP INDEX "public"."uq_rubric_versions_open"`);
    await runner.query(`ALTER TABLE "question_banks" DROP COLUMN "external_key"`);
    await runner.query(`ALTER TABLE "interview_kits" DROP COLUMN "external_key"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "last_used_at"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "use_count"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "source"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "licence"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "minutes"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "difficulty"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "level"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "guidance"`);
    await runner.query(`ALTER TABLE "question_versions" DROP COLUMN "state"`);
    await runner.query(`ALTER TABLE "rubric_versions" DROP COLUMN "state"`);
    await runner.query(`ALTER TABLE "rubrics" DROP COLUMN "latest_number"`);
    await runner.query(`ALTER TABLE "rubrics" DROP COLUMN "external_key"`);
    await runner.query(`ALTER TABLE "rubrics" DROP COLUMN "updated_at"`);
    await runner.query(`ALTER TABLE "rubrics" DROP COLUMN "version"`);
    await runner.query(`ALTER TABLE "role_profiles" DROP COLUMN "latest_number"`);
    await runner.query(`ALTER TABLE "role_profiles" DROP COLUMN "external_key"`);
    await runner.query(`ALTER TABLE "role_profiles" DROP COLUMN "updated_at"`);
    await runner.query(`ALTER TABLE "role_profiles" DROP COLUMN "version"`);
    await runner.query(`ALTER TABLE "question_versions" ADD "skill_id" uuid`);
    await runner.query(`DROP INDEX "public"."ix_question_uses_organization_id_question_version_id_id"`);
    await runner.query(`DROP TABLE "question_uses"`);
    await runner.query(`DROP INDEX "public"."ix_question_comments_organization_id_question_version_id_id"`);
    await runner.query(`DROP INDEX "public"."ix_question_comments_organization_id_author_id"`);
    await runner.query(`DROP TABLE "question_comments"`);
    await runner.query(`DROP INDEX "public"."ix_imports_organization_id_started_by_id"`);
    await runner.query(`DROP TABLE "imports"`);
    await runner.query(`DROP INDEX "public"."ix_question_authors_organization_id_member_id"`);
    await runner.query(`DROP TABLE "question_authors"`);
    await runner.query(`DROP INDEX "public"."ix_question_skills_organization_id_skill_id_question_version_id"`);
    await runner.query(`DROP TABLE "question_skills"`);
    await runner.query(`DROP INDEX "public"."ix_rubric_authors_organization_id_member_id"`);
    await runner.query(`DROP TABLE "rubric_authors"`);
    await runner.query(`DROP INDEX "public"."ix_rubric_skills_organization_id_skill_id"`);
    await runner.query(`DROP TABLE "rubric_skills"`);
    await runner.query(
      `CREATE INDEX "ix_question_versions_organization_id_skill_id" ON "question_versions" USING btree ("organization_id", "skill_id") `,
    );
    await runner.query(
      `ALTER TABLE "question_versions" ADD CONSTRAINT "fk_question_versions_skill" FOREIGN KEY ("organization_id", "skill_id") REFERENCES "skills"("organization_id","id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }
}
