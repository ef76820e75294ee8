/** The plans of what the bench asks, as PostgreSQL makes them for the server's login: for the values at hand, and for any. */
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { dataSource } from "../dist/ormconfig.js";
import { localIssuer } from "../dist/src/identity/token.actions.js";
import { openDatabase } from "../dist/src/platform/db/database.js";
import { nounsOf } from "../dist/src/platform/slice.js";
import { createServer } from "../dist/src/server.js";
import { slices } from "../dist/src/slices.js";
import { pino } from "../node_modules/pino/pino.js";
import { withClient } from "./store/store.mjs";
import { SECRET } from "./variables.mjs";

const FOLDER = fileURLToPath(new URL("plans", import.meta.url));
const MODES = { custom: "force_custom_plan", generic: "force_generic_plan" };
/** What comes the third time is compiled. */
const TIMES = 3;

const literal = (value) => {
  if (value === null || value === undefined) return "null";
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((each) => JSON.stringify(each)).join()}}`);
  return pg.escapeLiteral(String(value));
};

/** @param asked name -> what is sent */
export async function writePlans({ store }, organizationId, asked, log) {
  const source = await dataSource(store.serverUrl, { poolSize: 2, statementNames: true }).initialize();
  const database = openDatabase(source, { statementNames: true, nouns: nounsOf(slices) });
  const limits = { most: 1e9, capacity: 1e9, restoredPerSecond: 1e9 };
  const logger = pino({ level: "silent" });
  const app = await createServer({ database, issuers: [localIssuer(SECRET)], jit: true, limits, logger });
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, { body, token }] of Object.entries(asked)) {
    let statements = [];
    for (let time = 0; time < TIMES; time++) {
      statements = [];
      database.heard = (text, values) => statements.push({ text, values });
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      await app.inject({ method: "POST", url: "/graphql", headers, payload: body });
    }
    for (const [mode, setting] of Object.entries(MODES)) {
      const plans = await withClient(store.serverUrl, (client) =>
        explained(client, organizationId, statements, setting),
      );
      writeFileSync(resolve(FOLDER, `${name}.${mode}.txt`), `${plans.join("\n\n")}\n`);
    }
    log(`${name}: ${statements.length} statements`);
  }
  await app.close();
  await database.close();
}

async function explained(client, organizationId, statements, setting) {
  await client.query(`begin; set local plan_cache_mode = ${setting}`);
  await client.query("select set_config('app.organization', $1, true)", [organizationId]);
  const plans = [];
  for (const [place, { text, values }] of statements.entries()) {
    await client.query(`prepare s${place} as ${text}`);
    const given = values.length > 0 ? `(${values.map(literal).join(", ")})` : "";
    const { rows } = await client.query(`explain (costs off) execute s${place} ${given}`);
    plans.push(`${text}\n\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}`);
  }
  return plans;
}
