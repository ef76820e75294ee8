import { createCandidate } from "../../src/candidates/candidate.actions";
import { requestContext } from "../../src/identity/request.actions";
import { newId } from "../../src/platform/ids";
import { newSecretLink } from "../../src/platform/secret-link";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Anything = any;

const KEY = "apiKey { id name environment scopes createdAt formerUntil expiresAt revokedAt lastUsedAt version }";
const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  newApiKey { secret ${KEY} } userErrors { code field message } } }`;
const ROTATE = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) {
  newApiKey { secret ${KEY} } userErrors { code field message } } }`;
const REVOKE = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { ${KEY} userErrors { code } } }`;
const WHO = "{ viewer { member { id } organization { id } } }";
const ADD =
  'mutation { createCandidate(input: { name: "Ida" }) { candidate { id name applications { totalCount } } userErrors { code } } }';

const DAY = 86_400_000;

let api: Api;
let firm: Company;

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
});

afterAll(() => api.close());

/** What a program is answered that sends this text as its key. */
async function ask(secret: string, query: string): Promise<Anything> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const codesOf = ({ errors = [] }: Anything): string[] => errors.map(({ extensions }: Anything) => extensions.code);

const isLetIn = async (secret: string): Promise<boolean> => {
  const answer = await ask(secret, WHO);
  if (answer.data) return true;
  expect(codesOf(answer)).toEqual(["UNAUTHENTICATED"]);
  return false;
};

const newKey = async (input: object = {}): Promise<{ secret: string; apiKey: Anything }> =>
  (
    await api.ask(firm.people.admin, CREATE, {
      input: { name: "Greenhouse", environment: "LIVE", scopes: ["CANDIDATES_WRITE"], ...input },
    })
  ).createApiKey.newApiKey;

const sql = (text: string, ...values: unknown[]): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

describe("a new key", () => {
  test.each([
    ["LIVE", /^assay_live_[A-Za-z0-9_-]{86}$/],
    ["TEST", /^assay_test_[A-Za-z0-9_-]{86}$/],
  ])("for %s looks like one that a scanner of secrets knows", async (environment, pattern) => {
    const { secret, apiKey } = await newKey({ environment });
    expect(secret).toMatch(pattern);
    expect(secret.length).toBeLessThan(171);
    expect(apiKey).toMatchObject({ environment, scopes: ["CANDIDATES_WRITE"], revokedAt: null, lastUsedAt: null });
    expect(await isLetIn(secret)).toBe(true);
  });

  test("is told once: what is stored does not hold its secret", async () => {
    const { secret, apiKey } = await newKey();
    const [{ row }] = await sql("select to_jsonb(k)::text as row from api_keys k where id = $1", apiKey.id);
    const tail = secret.slice(-43);
    expect(row).toContain(apiKey.id);
    expect(row).not.toContain(tail);
    expect(row).not.toContain(Buffer.from(tail, "base64url").toString("hex"));
    const entries = await sql("select to_jsonb(j)::text as row from journal_entries j where object_id = $1", apiKey.id);
    expect(entries).toHaveLength(1);
    expect(entries[0].row).not.toContain(tail);
  });

  test("ends after a year, after the days that were asked for, or never", async () => {
    const days = async (input: object) => {
      const { createdAt, expiresAt } = (await newKey(input)).apiKey;
      return expiresAt && (Date.parse(expiresAt) - Date.parse(createdAt)) / DAY;
    };
    expect(await days({})).toBe(365);
    expect(await days({ expiresInDays: 30 })).toBe(30);
    expect(await days({ expiresInDays: null })).toBeNull();
  });

  test.each([
    [{ scopes: [] }, ["scopes"]],
    [{ expiresInDays: 0 }, ["expiresInDays"]],
    [{ expiresInDays: 731 }, ["expiresInDays"]],
    [{ name: " " }, ["name"]],
  ])("of %j is refused by the field", async (wrong, field) => {
    const input = { name: "Ashby", environment: "LIVE", scopes: ["AUDIT_READ"], ...wrong };
    const { data } = await api.send(firm.people.admin, CREATE, { input });
    expect(data.createApiKey).toMatchObject({ newApiKey: null, userErrors: [{ code: "BAD_INPUT", field }] });
  });

  test("cannot make another", async () => {
    const { secret } = await newKey();
    const made =
      'mutation { createApiKey(input: { name: "x", environment: LIVE, scopes: [AUDIT_READ] }) { userErrors { code } } }';
    expect(codesOf(await ask(secret, made))).toEqual(["FORBIDDEN"]);
  });
});

describe("a key acts within its scopes", () => {
  test("and its acts say so in the trail", async () => {
    const { secret, apiKey } = await newKey();
    const { data } = await ask(secret, ADD);
    expect(data.createCandidate).toMatchObject({ candidate: { name: "Ida" }, userErrors: [] });
    const trail = await sql(
      "select type, actor_kind, actor_id from journal_entries where object_id = $1",
      data.createCandidate.candidate.id,
    );
    expect(trail).toEqual([{ type: "candidate.created", actor_kind: "KEY", actor_id: apiKey.id }]);
  });

  test("which do not add up to what was not given", async () => {
    const { id } = await createCandidate(firm.as("recruiter"), { name: "Jo" });
    const { secret } = await newKey({ scopes: ["QUESTIONS_READ"] });
    expect(codesOf(await ask(secret, ADD))).toEqual(["FORBIDDEN"]);
    expect(codesOf(await ask(secret, `{ node(id: "${id}") { id } }`))).toEqual(["NOT_FOUND"]);
    expect(await ask(secret, "{ candidates { nodes { id } totalCount } }")).toMatchObject({
      data: { candidates: { nodes: [], totalCount: 0 } },
    });
  });

  test("and a TEST key rehearses: it is answered as if it were done, and nothing is", async () => {
    const { secret } = await newKey({ environment: "TEST" });
    const before = await sql(
      "select (select count(*) from candidates) as candidates, (select count(*) from journal_entries) as entries",
    );
    const { data } = await ask(secret, ADD);
    expect(data.createCandidate).toEqual({
      candidate: { id: expect.any(String), name: "Ida", applications: { totalCount: 0 } },
      userErrors: [],
    });
    expect(codesOf(await ask(secret, `{ node(id: "${data.createCandidate.candidate.id}") { id } }`))).toEqual([
      "NOT_FOUND",
    ]);
    expect(
      await sql(
        "select (select count(*) from candidates) as candidates, (select count(*) from journal_entries) as entries",
      ),
    ).toEqual(before);
  });
});

describe("nobody comes in", () => {
  const other = (text: string, at: number): string =>
    text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);

  test.each<[string, (secret: string) => string]>([
    ["with the secret of nobody", (secret) => other(secret, secret.length - 2)],
    ["with another public part", (secret) => other(secret, 14)],
    ["with the name of the other environment", (secret) => secret.replace("live", "test")],
    ["with a piece of it", (secret) => secret.slice(0, -1)],
    ["with more than it", (secret) => `${secret}A`],
    ["with the prefix alone", () => "assay_live_"],
    ["with a key that never was", () => `assay_live_${newSecretLink(firm.organizationId, newId("ApiKey")).token}`],
  ])("%s", async (_, forged) => {
    const { secret } = await newKey();
    expect(await isLetIn(secret)).toBe(true);
    expect(await isLetIn(forged(secret))).toBe(false);
  });

  test("with the secret of another key", async () => {
    const [one, two] = [await newKey(), await newKey()];
    expect(await isLetIn(one.secret.slice(0, -43) + two.secret.slice(-43))).toBe(false);
  });

  test("into another organisation with a key of one's own", async () => {
    const foreign = await company(api.database);
    const { apiKey, secret } = await newKey();
    const read = Buffer.from(secret.slice("assay_live_".length), "base64url");
    Buffer.from(foreign.organizationId.replaceAll("-", ""), "hex").copy(read);
    expect(apiKey.id).not.toBe(foreign.organizationId);
    expect(await isLetIn(`assay_live_${read.toString("base64url")}`)).toBe(false);
  });

  test("once the key is revoked, with the very next request; and the log tells who tried", async () => {
    const { secret, apiKey } = await newKey();
    expect(await isLetIn(secret)).toBe(true);
    const { revokeApiKey } = await api.ask(firm.people.admin, REVOKE, { input: { id: apiKey.id } });
    expect(revokeApiKey.apiKey.revokedAt).not.toBeNull();
    expect(await isLetIn(secret)).toBe(false);
    expect(await isLetIn(secret)).toBe(false);
    const kinds = await sql("select kind, address from access_log where actor_id = $1 order by id", apiKey.id);
    expect(kinds).toEqual([
      { kind: "KEY_FROM_NEW_ADDRESS", address: "127.0.0.1" },
      { kind: "SIGN_IN_REFUSED", address: "127.0.0.1" },
    ]);
    const again = await api.ask(firm.people.admin, REVOKE, { input: { id: apiKey.id } });
    expect(again.revokeApiKey.apiKey).toEqual(revokeApiKey.apiKey);
  });

  test("once the key has expired", async () => {
    const { secret, apiKey } = await newKey();
    await sql("update api_keys set expires_at = now() where id = $1", apiKey.id);
    expect(await isLetIn(secret)).toBe(false);
  });
});

describe("a rotated key", () => {
  const rotate = (input: object) => api.ask(firm.people.admin, ROTATE, { input });

  test("opens with both secrets for a while, and is the same key", async () => {
    const { secret, apiKey } = await newKey();
    const { newApiKey } = (await rotate({ id: apiKey.id, version: apiKey.version })).rotateApiKey;
    expect(newApiKey.apiKey.id).toBe(apiKey.id);
    expect(newApiKey.secret).not.toBe(secret);
    expect(Date.parse(newApiKey.apiKey.formerUntil)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect([await isLetIn(secret), await isLetIn(newApiKey.secret)]).toEqual([true, true]);
    await sql("update api_keys set former_until = now() where id = $1", apiKey.id);
    expect([await isLetIn(secret), await isLetIn(newApiKey.secret)]).toEqual([false, true]);
  });

  test("lets the secret before the last one go, and both of a revoked one", async () => {
    const { secret, apiKey } = await newKey();
    const second = (await rotate({ id: apiKey.id, version: 1 })).rotateApiKey.newApiKey;
    const third = (await rotate({ id: apiKey.id, version: 2 })).rotateApiKey.newApiKey;
    const doors = async () => [await isLetIn(secret), await isLetIn(second.secret), await isLetIn(third.secret)];
    expect(await doors()).toEqual([false, true, true]);
    await api.ask(firm.people.admin, REVOKE, { input: { id: apiKey.id } });
    expect(await doors()).toEqual([false, false, false]);
  });

  test("needs no overlap where a secret has leaked", async () => {
    const { secret, apiKey } = await newKey();
    await rotate({ id: apiKey.id, version: 1, overlapHours: 0 });
    expect(await isLetIn(secret)).toBe(false);
  });

  test("is refused by its version, and once it is closed", async () => {
    const { apiKey } = await newKey();
    const errors = async (version: number) =>
      (await api.send(firm.people.admin, ROTATE, { input: { id: apiKey.id, version } })).data.rotateApiKey.userErrors;
    expect(await errors(7)).toMatchObject([{ code: "STALE_VERSION", field: ["version"] }]);
    await api.ask(firm.people.admin, REVOKE, { input: { id: apiKey.id } });
    expect(await errors(2)).toMatchObject([{ code: "KEY_CLOSED", field: ["id"] }]);
  });
});

describe("the use of a key", () => {
  test("is noted to the minute, without making another version of it", async () => {
    const { secret, apiKey } = await newKey();
    const use = async () => {
      expect(await isLetIn(secret)).toBe(true);
      return (await sql("select last_used_at as at, version, xmin::text from api_keys where id = $1", apiKey.id))[0];
    };
    const first = await use();
    expect(first).toMatchObject({ at: expect.any(Date), version: 1 });
    expect(await use()).toEqual(first);
    await sql("update api_keys set last_used_at = now() - interval '61 seconds' where id = $1", apiKey.id);
    expect((await use()).at.getTime()).toBeGreaterThanOrEqual(first.at.getTime());
  });

  test("from a new network stands in the access log, once for each, and twenty times a day at most", async () => {
    const { secret, apiKey } = await newKey();
    const comeFrom = (address: string) =>
      requestContext(api.database, () => Promise.reject(new Error("no token")), {
        authorization: `Bearer ${secret}`,
        organization: undefined,
        requestId: "test",
        address,
        mayBeRemembered: false,
      });
    const log = () =>
      sql("select kind, actor_kind, address from access_log where actor_id = $1 order by id", apiKey.id);
    for (const address of ["192.0.2.1", "192.0.2.1", "2001:db8::7", "2001:db8::8", "192.0.2.1"])
      await comeFrom(address);
    expect(await log()).toEqual(
      ["192.0.2.1", "2001:db8::7"].map((address) => ({ kind: "KEY_FROM_NEW_ADDRESS", actor_kind: "KEY", address })),
    );
    for (let last = 0; last < 40; last++) await comeFrom(`198.51.100.${last}`);
    expect(await log()).toHaveLength(20);
  });
});
