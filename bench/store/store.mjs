import { mkdirSync } from "node:fs";
import pg from "pg";
import { dataSource } from "../../dist/ormconfig.js";
import { embeddedDatabase } from "../../dist/src/platform/db/embedded-database.js";
import { migrate } from "../../dist/src/platform/db/migrate.js";
import { OWING_ROWS } from "./drafts.mjs";
import { FUNCTIONS } from "./functions.mjs";
import { furnishing } from "./furnishing.mjs";
import { hiring } from "./hiring.mjs";
import { ID_FUNCTION, numbering } from "./ids.mjs";
import { LARGE, SMALL, VERSION } from "./sizes.mjs";
import { keepStandings } from "./standings.mjs";

const NAME = "assay";

/** As on a machine that is there for it; what is not named stays as PostgreSQL has it. */
const SETTINGS = { shared_buffers: "'512MB'", max_wal_size: "'2GB'", checkpoint_timeout: "'30min'", jit: "off" };

export async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same place as its superuser, who stands outside the wall. */
const asSuperuser = ({ ownerUrl }, database = NAME) => ownerUrl.replace(/\/\/[^@]*@\/[^?]*/, `//postgres@/${database}`);

/** What must be the same for a store to be used again. */
const stampOf = () => `bench ${VERSION}, migrations ${dataSource("postgres://x@/x").options.migrations.length}`;

const stampIn = async (client) =>
  (
    await client.query("select shobj_description(oid, 'pg_database') as stamp from pg_database where datname = $1", [
      NAME,
    ])
  ).rows[0]?.stamp;

/** Settings want a new start. Where the server belongs to another run, it keeps what it has. */
async function startedWith(settings, directory) {
  const place = await embeddedDatabase({ directory });
  const isNew = await withClient(asSuperuser(place, "postgres"), async (client) => {
    const { rows } = await client.query("select count(*)::int as n from pg_file_settings where sourcefile ~ 'auto'");
    for (const [name, value] of Object.entries(settings)) await client.query(`alter system set ${name} = ${value}`);
    return rows[0].n < Object.keys(settings).length;
  });
  if (!isNew) return place;
  await place.stop();
  return embeddedDatabase({ directory });
}

/** The store in the directory, made first where there is none of this version. */
export async function openStore(directory, log) {
  mkdirSync(directory, { recursive: true });
  let place = await startedWith(SETTINGS, directory);
  const stamp = await withClient(asSuperuser(place, "postgres"), stampIn);
  if (stamp !== stampOf()) {
    log(stamp ? "the store is of another version: it is made anew" : "the store is made");
    await withClient(asSuperuser(place, "postgres"), (client) => client.query(`drop database ${NAME} with (force)`));
    place = await embeddedDatabase({ directory });
    await make(place, log);
  }
  return { ...place, superuserUrl: asSuperuser(place) };
}

async function make(place, log) {
  await migrate({ ...place, dataSource });
  await withClient(asSuperuser(place), async (client) => {
    await client.query("create schema bench");
    await client.query(ID_FUNCTION);
    await client.query("set synchronous_commit = off");
    await client.query("set maintenance_work_mem = '256MB'");
    const rows = [SMALL, LARGE].flatMap((size) => [...furnishing(size), ...hiring(size)]);
    for (const statement of [...rows, ...OWING_ROWS]) await load(client, statement, log);
    await client.query("vacuum (freeze, analyze)");
  });
  await withClient(place.ownerUrl, async (client) => {
    for (const statement of FUNCTIONS) await client.query(statement);
  });
  for (const size of [SMALL, LARGE]) await keepStandings(place.serverUrl, size, await organizationOf(place, size));
  await withClient(asSuperuser(place), async (client) => {
    await client.query("vacuum (freeze, analyze)");
    await client.query("checkpoint");
    await client.query(`comment on database ${NAME} is '${stampOf()}'`);
  });
}

/** Tables from which triggers fill others. Elsewhere they only check, and keys are right by construction. */
const HEARD = ["organizations", "members", "question_versions"];

async function load(client, statement, log) {
  const [, table] = /insert into (\w+)/.exec(statement);
  const begun = performance.now();
  await client.query(`set session_replication_role = ${HEARD.includes(table) ? "origin" : "replica"}`);
  const { rowCount } = await client.query(statement);
  const seconds = (performance.now() - begun) / 1000;
  if (seconds > 1) log(`${rowCount} ${table} in ${seconds.toFixed(1)} s`);
}

export const organizationOf = (place, { number }) =>
  withClient(asSuperuser(place), async (client) => {
    const { rows } = await client.query(`select ${numbering(number).id("Organization", 0)} as id`);
    return rows[0].id;
  });
