import type { DataSource, QueryRunner } from "typeorm";

interface Logins {
  /** Owns the tables. */
  ownerUrl: string;
  /** The server's own login. */
  serverUrl: string;
  dataSource: (url: string, options: { poolSize: number }) => DataSource;
}

/**
 * Of the server's login. Plans under row security that are made anew for each value cost more than they save, see
 * docs/decisions/0003. To start workers for a statement of a few milliseconds takes longer than the statement. The times keep
 * one request from holding a connection for ever.
 */
const SETTINGS = [
  ["plan_cache_mode", "force_generic_plan"],
  ["max_parallel_workers_per_gather", "0"],
  ["statement_timeout", "'30s'"],
  ["lock_timeout", "'10s'"],
  ["idle_in_transaction_session_timeout", "'60s'"],
];

/** Any number that no other program on the database locks. */
const LOCK = 4_201_611;

/** What answers before the organisation is known, what only an owner may do, and what the wall would slow down. */
const FUNCTIONS = [
  "organization_ids()",
  "organizations_of_email(text)",
  "journal_backlog_organizations()",
  "take_journal_backlog()",
  "refresh_statistics(text[])",
  "matching_question_versions(text)",
];

/** Tables that are written once: the server may add to them and read them. */
const APPEND_ONLY = ["journal_entries", "journal_positions"];

/**
 * Brings the database up to date and gives the server's login what it needs. One migrator at a time.
 * @throws Error that says how to mend it when the server's login could pass the wall
 */
export async function migrate({ ownerUrl, serverUrl, dataSource }: Logins): Promise<void> {
  const server = await dataSource(serverUrl, { poolSize: 2 }).initialize();
  const owner = ownerUrl === serverUrl ? server : await dataSource(ownerUrl, { poolSize: 2 }).initialize();
  try {
    const login = await serverLogin(server);
    const locked = owner.createQueryRunner();
    await locked.query("select pg_advisory_lock($1)", [LOCK]);
    try {
      await owner.runMigrations();
      if (owner !== server) await grant(locked, login);
    } finally {
      await locked.query("select pg_advisory_unlock($1)", [LOCK]);
      await locked.release();
    }
    for (const [name, value] of SETTINGS) await server.query(`alter role ${quoted(login)} set ${name} = ${value}`);
  } finally {
    await owner.destroy();
    if (owner !== server) await server.destroy();
  }
}

async function serverLogin(server: DataSource): Promise<string> {
  const [role] = await server.query(
    "select rolname, rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user",
  );
  if (role.passes) {
    throw new Error(
      `The login "${role.rolname}" of DATABASE_URL is a superuser or has BYPASSRLS, so the wall between organisations would ` +
        "not hold. Make a plain one (create role assay_server login password '…'; grant connect on database … to " +
        "assay_server), put it into DATABASE_URL, and put the owner of the tables into MIGRATION_DATABASE_URL.",
    );
  }
  return role.rolname;
}

async function grant(runner: QueryRunner, login: string): Promise<void> {
  const to = quoted(login);
  await runner.query(`grant usage on schema public to ${to}`);
  await runner.query(`grant select on migrations to ${to}`);
  for (const name of FUNCTIONS) await runner.query(`grant execute on function ${name} to ${to}`);
  const tables: { name: string }[] = await runner.query(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relforcerowsecurity",
  );
  for (const { name } of tables) {
    const rights = APPEND_ONLY.includes(name) ? "select, insert" : "select, insert, update, delete";
    await runner.query(`grant ${rights} on ${quoted(name)} to ${to}`);
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
