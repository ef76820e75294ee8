import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Letters A to Z alone are folded: of others, such as the Kelvin sign, a fold makes somebody else's address. Where
 * somebody has joined an organisation, those that have only invited them do not count.
 */
const LOOKUP = [
  "alter table member_emails add column joined boolean not null default true",
  `create or replace function organizations_of_email(email text) returns setof uuid
     language sql stable security definer set search_path = public, pg_temp
     as $$
       with known as (
         select m.organization_id, m.joined from member_emails m
         where m.email_hash = sha256(convert_to(lower(email collate "C"), 'UTF8'))
       )
       select organization_id from known where joined or not exists (select from known where joined)
     $$`,
  `create or replace function keep_member_emails() returns trigger
     language plpgsql security definer set search_path = public, pg_temp
     as $$ begin
       if tg_op <> 'INSERT' then
         delete from member_emails where organization_id = old.organization_id and member_id = old.id;
       end if;
       if tg_op <> 'DELETE' and new.active then
         insert into member_emails values (
           sha256(convert_to(lower(new.email collate "C"), 'UTF8')), new.organization_id, new.id, new.joined_at is not null);
       end if;
       return null;
     end $$`,
  "drop trigger keep_emails on members",
  `create trigger keep_emails after insert or delete or update of email, active, joined_at on members
     for each row execute function keep_member_emails()`,
];

export class MembersComeAndLeave1795251382483 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "members" ADD "deactivation_reason" text`);
    await runner.query(`ALTER TABLE "members" ADD "joined_at" TIMESTAMP(3) WITH TIME ZONE`);
    for (const statement of LOOKUP) await runner.query(statement);
    // Under FORCE the owner would change no row. Who is there already could sign in before.
    await runner.query("alter table members no force row level security");
    await runner.query("update members set joined_at = created_at");
    await runner.query("alter table members force row level security");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop trigger keep_emails on members");
    await runner.query(
      `create trigger keep_emails after insert or delete or update of email, active on members
         for each row execute function keep_member_emails()`,
    );
    await runner.query(
      `create or replace function keep_member_emails() returns trigger
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
    );
    await runner.query(
      `create or replace function organizations_of_email(email text) returns setof uuid
         language sql stable security definer set search_path = public, pg_temp
         as $$ select organization_id from member_emails where email_hash = sha256(convert_to(lower(email), 'UTF8')) $$`,
    );
    await runner.query("alter table member_emails drop column joined");
    await runner.query(`ALTER TABLE "members" DROP COLUMN "joined_at"`);
    await runner.query(`ALTER TABLE "members" DROP COLUMN "deactivation_reason"`);
  }
}
