/**
 * What could be reached at most: node:http, and for each query one statement written by hand, whose text is the answer.
 * Carries the organisation as Assay does.
 */
import { createServer } from "node:http";
import pg from "pg";
import { CARRIER, CarriedQuery } from "../../dist/src/platform/db/carried-query.js";
import { DATABASE_URL, listening, POOL_SIZE, signedIn } from "./door.mjs";
import { OPERATIONS } from "./limit/operations.mjs";

/** The answer where there is no row behind the wall. */
const NOTHING = '{"node":null}';

/** Carries the organisation and leaves writing allowed. */
const WRITER = { ...CARRIER, name: "write", text: "select set_config('app.organization', $1, true)" };

const prepare = (client, { name, text, sample }) => client.query({ name, text, values: [...sample] });

const pool = new pg.Pool({
  connectionString: DATABASE_URL,
  max: POOL_SIZE,
  onConnect: async (client) => {
    await prepare(client, CARRIER);
    await prepare(client, WRITER);
  },
});

async function ask(carrier, { name, text }, values) {
  const client = await pool.connect();
  try {
    return await new Promise((resolve, reject) => {
      const answered = (error, result) => (error ? reject(error) : resolve(result.rows[0]?.answer ?? NOTHING));
      client.query(new CarriedQuery(carrier, { name, text, values }, answered));
    });
  } finally {
    client.release();
  }
}

async function answer(request) {
  const { organizationId, email } = await signedIn(request.headers.authorization);
  const { query, variables } = JSON.parse(await bodyOf(request));
  const { statement, valuesOf, finished = (text) => text, writes } = OPERATIONS.get(query);
  const carrier = { carrier: writes ? WRITER : CARRIER, values: [organizationId] };
  return finished(await ask(carrier, statement, valuesOf(variables, email)), variables);
}

const bodyOf = (request) =>
  new Promise((resolve, reject) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => resolve(body));
    request.on("error", reject);
  });

const send = (response, status, text) => {
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
};

const server = createServer((request, response) => {
  answer(request).then(
    (text) => send(response, 200, `{"data":${text}}`),
    (error) => send(response, 500, JSON.stringify({ errors: [{ message: String(error) }] })),
  );
});
server.listen(0, "127.0.0.1", () => listening(server.address().port));
