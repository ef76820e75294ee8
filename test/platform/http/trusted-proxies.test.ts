import pino from "pino";
import { createOrganization } from "../../../src/identity/organization.actions";
import { localIssuer, signToken } from "../../../src/identity/token.actions";
import type { Database } from "../../../src/platform/db/database";
import { createServer } from "../../../src/server";
import { openTestDatabase, superuserUrl, withClient } from "../../support/database";

const SECRET = "a secret of the tests, thirty-two long";
const email = "ada@proxies.example";

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  const members = [{ email, name: "Ada", role: "INTERVIEWER" as const }];
  await createOrganization(database, { empty: true, name: "Proxies", members });
});

afterAll(() => database.close());

/** The address that the access log has of a sign-in. */
async function loggedAddress(trustedProxies: string[] | undefined, forwardedFor: string): Promise<string> {
  const logger = pino({ level: "silent" });
  const app = await createServer({ database, issuers: [localIssuer(SECRET)], jit: true, trustedProxies, logger });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${await signToken(SECRET, { email }, "1h")}`,
      "x-forwarded-for": forwardedFor,
    },
    body: JSON.stringify({ query: "{ viewer { member { email } } }" }),
  });
  expect(await response.json()).toMatchObject({ data: { viewer: { member: { email } } } });
  await app.close();
  const requestId = response.headers.get("x-request-id");
  return withClient(superuserUrl, async (client) => {
    const { rows } = await client.query("select address from access_log where request_id = $1", [requestId]);
    return rows[0].address;
  });
}

test.each<[string, string[] | undefined, string, string]>([
  ["nobody, where none is named", undefined, "192.0.2.7", "127.0.0.1"],
  ["nobody, where the list is empty", [], "192.0.2.7", "127.0.0.1"],
  ["nobody but who is named", ["10.0.0.0/8"], "192.0.2.7", "127.0.0.1"],
  ["a proxy that is named", ["127.0.0.1"], "192.0.2.7", "192.0.2.7"],
  ["a proxy of a network that is named", ["127.0.0.0/8"], "2001:db8::7", "2001:db8::7"],
  ["the nearest that is not a proxy, not what the caller wrote", ["127.0.0.1"], "203.0.113.9, 192.0.2.7", "192.0.2.7"],
  ["a chain of proxies", ["127.0.0.1", "10.0.0.0/8"], "203.0.113.9, 192.0.2.7, 10.1.2.3", "192.0.2.7"],
])("is believed about `x-forwarded-for`: %s", async (_, proxies, forwardedFor, expected) => {
  expect(await loggedAddress(proxies, forwardedFor)).toBe(expected);
});
