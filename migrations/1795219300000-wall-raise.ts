import type { MigrationInterface, QueryRunner } from "typeorm";
import { raiseWall } from "../src/platform/db/wall";

const TABLES = [
  "organizations",
  "members",
  "skills",
  "role_profiles",
  "role_profile_versions",
  "expectations",
  "question_banks",
  "questions",
  "question_versions",
  "rubrics",
  "rubric_versions",
  "criteria",
  "anchors",
  "candidates",
  "jobs",
  "applications",
  "interview_kits",
  "kit_questions",
  "interview_sessions",
  "session_questions",
  "panelists",
  "scorecards",
  "ratings",
  "journal_entries",
  "journal_positions",
  "journal_cursors",
  "access_log",
];

/**
 * What is read before the organisation is known. These tables stand outside the wall; the server's login cannot touch
 * them, and the functions over them answer with organisation ids and nothing else.
 */
const LOOKUPS = [
  `create table organization_directory (organization_id uuid primary key)`,
  `create table member_emails (
     email_hash bytea not null,
     organization_id uuid not null,
     member_id uuid not null,
     primary key (email_hash, organization_id, member_id)
   )`,
  `create table journal_backlog (
     organization_id uuid not null,
     sequence bigint not null,
     primary key (organization_id, sequence)
   )`,
  `revoke all on organization_directory, member_emails, journal_backlog from public`,

  `create function organization_ids() returns setof uuid
     language sql stable security definer set search_path = public, pg_temp
     as $$ select organization_id from organization_directory $$`,
  `create function organizations_of_email(email text) returns setof uuid
     language sql stable security definer set search_path = public, pg_temp
     as $$ select organization_id from member_emails where email_hash = sha256(convert_to(lower(email), 'UTF8')) $$`,
  `create function journal_backlog_organizations() returns setof uuid
     language sql stable security definer set search_path = public, pg_temp
     as $$ select distinct organization_id from journal_backlog $$`,
  `create function take_journal_backlog() returns setof bigint
     language sql volatile security definer set search_path = public, pg_temp
     as $$ delete from journal_backlog
           where organization_id = nullif(current_setting('app.organization', true), '')::uuid
           returning sequence $$`,

  // Only an owner may ANALYZE, and after a load the planner needs it before autovacuum would come round.
  `create function refresh_statistics(tables text[]) returns void
     language plpgsql security definer set search_path = public, pg_temp
     as $$ declare walled regclass; begin
       for walled in
         select oid from pg_class
         where relnamespace = 'public'::regnamespace and relforcerowsecurity and relname = any(tables)
       loop
         execute format('analyze %s', walled);
       end loop;
     end $$`,

  `create function keep_organization_directory() returns trigger
     language plpgsql security definer set search_path = public, pg_temp
     as $$ begin
       insert into organization_directory values (new.organization_id);
       return null;
     end $$`,
  `create trigger keep_directory after insert on organizations
     for each row execute function keep_organization_directory()`,

  `create function keep_member_emails() returns trigger
     language plpgsql security definer set search_path = public, pg_temp
     as $$ begin
       if tg_op <> 'INSERT' then
         delete from member_emails where organization_id = old.organization_id and member_id = old.id;
       end if;
       if tg_op <> 'DELETE' and new.active then
         insert into member_emails values (sha256(convert_to(lower(new.email), 'UTF8')), new.organization_id, new.id);
       end if;
       return null;
     end $$`,
  `create trigger keep_emails after insert or delete or update of email, active on members
     for each row execute function keep_member_emails()`,

  `create function keep_journal_backlog() returns trigger
     language plpgsql security definer set search_path = public, pg_temp
     as $$ begin
       insert into journal_backlog values (new.organization_id, new.sequence);
       return null;
     end $$`,
  `create trigger keep_backlog after insert on journal_entries
     for each row execute function keep_journal_backlog()`,
];

/** The journal is written once. Only its owner trims it, and the trimming leaves an entry of its own. */
const JOURNAL = [
  `create function refuse_rewriting() returns trigger language plpgsql as $$ begin
     if current_setting('app.trimming', true) = 'on' and tg_op = 'DELETE' then
       return null;
     end if;
     raise exception 'The journal is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
   end $$`,
  ...["journal_entries", "journal_positions"].map(
    (table) => `create trigger append_only before update or delete or truncate on ${table}
      for each statement execute function refuse_rewriting()`,
  ),
  `create function trim_journal(organization uuid, before_position bigint, notice_id uuid) returns bigint
     language plpgsql set search_path = public, pg_temp
     as $$ declare trimmed bigint; begin
       perform set_config('app.organization', organization::text, true);
       perform set_config('app.trimming', 'on', true);
       with gone as (
         delete from journal_positions
         where position < before_position
           and position < (select max(position) from journal_positions)
           and position <= coalesce((select min(position) from journal_cursors), before_position)
         returning sequence
       ), away as (
         delete from journal_entries where sequence in (select sequence from gone) returning 1
       ) select count(*) into trimmed from away;
       insert into journal_entries
         (organization_id, id, created_at, type, object_id, actor_kind, actor_id, request_id, changes)
       values
         (organization, notice_id, now(), 'journal.trimmed', organization, 'WORKER', null, 'trim_journal',
          array['before ' || before_position]);
       perform set_config('app.trimming', 'off', true);
       return trimmed;
     end $$`,
  `revoke execute on all functions in schema public from public`,
];

export class WallRaise1795219300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await raiseWall(runner, ...TABLES);
    // A person's own rows are few, however few people there are: without this a small team's plans read whole tables.
    await runner.query("alter table panelists alter column member_id set (n_distinct = 500)");
    await runner.query("alter table scorecards alter column interviewer_id set (n_distinct = 500)");
    for (const statement of [...LOOKUPS, ...JOURNAL]) await runner.query(statement);
  }

  /** The tables themselves go with the migration that made them. */
  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`drop policy wall on ${table}`);
      await runner.query(`alter table ${table} no force row level security`);
      await runner.query(`alter table ${table} disable row level security`);
    }
    await runner.query("drop trigger keep_directory on organizations");
    await runner.query("drop trigger keep_emails on members");
    await runner.query("drop trigger keep_backlog on journal_entries");
    for (const table of ["journal_entries", "journal_positions"])
      await runner.query(`drop trigger append_only on ${table}`);
    for (const routine of [
      "organization_ids()",
      "organizations_of_email(text)",
      "journal_backlog_organizations()",
      "take_journal_backlog()",
      "refresh_statistics(text[])",
      "keep_organization_directory()",
      "keep_member_emails()",
      "keep_journal_backlog()",
      "refuse_rewriting()",
      "trim_journal(uuid, bigint, uuid)",
    ]) {
      await runner.query(`drop function ${routine}`);
    }
    await runner.query("drop table organization_directory, member_emails, journal_backlog");
  }
}
