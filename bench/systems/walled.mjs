/**
 * What Mercurius, Yoga and the like read through: the reads of a request in one transaction that is the organisation's, as
 * people who use row security with a pool do it. It opens with the first read, in one message; its end holds nobody up.
 */
import pg from "pg";
import { DATABASE_URL, POOL_SIZE } from "./door.mjs";

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: POOL_SIZE });

const names = new Map();

/** A name for each statement, so that PostgreSQL parses and plans it once for a connection. */
function named(text) {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
}

const opening = (mode, organizationId) =>
  `begin ${mode}; select set_config('app.organization', '${organizationId}', true)`;

/** The reads of one request. */
export class Reads {
  #client = null;
  /** pg wants one statement after the other on a connection. */
  #last = Promise.resolve();

  constructor(organizationId) {
    this.organizationId = organizationId;
  }

  async rows(text, values) {
    this.#client ??= this.#opened();
    const client = await this.#client;
    const asked = this.#last.then(() => client.query({ name: named(text), text, values }));
    this.#last = asked.catch(() => undefined);
    return (await asked).rows;
  }

  async #opened() {
    const client = await pool.connect();
    this.#last = client.query(opening("read only", this.organizationId));
    return client;
  }

  /** Called once the answer is there. */
  async end() {
    if (!this.#client) return;
    const client = await this.#client;
    await this.#last;
    await client.query("commit").then(
      () => client.release(),
      (error) => client.release(error),
    );
  }
}

/** A transaction that writes. `work` is given a function that asks one statement. */
export async function write(organizationId, work) {
  const client = await pool.connect();
  try {
    await client.query(opening("", organizationId));
    const answer = await work(async (text, values) => (await client.query({ name: named(text), text, values })).rows);
    await client.query("commit");
    return answer;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
