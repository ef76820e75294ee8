import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { topLevelCodes } from "../../src/platform/errors";
import { COST_LIMITS } from "../../src/platform/graphql/limits";
import { type Company, company } from "../cast/company";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { pageText, ROOT } from "./page";

let api: Api;
let own: Company;
let admin: string;
let key: string;

beforeAll(async () => {
  api = await startApi({ limits: COST_LIMITS });
  own = await company(api.database);
  admin = await api.tokenOf(own.people.admin);
  key = (await keyWith(own, ["candidates:write"])).secret;
});

afterAll(() => api.close());

/** Code -> the HTTP statuses that the page gives it. */
const told = new Map(
  [...pageText().matchAll(/^\| `([A-Z_]+)` \| ([0-9]{3}(?: or [0-9]{3})*) \|/gm)].map(([, code, statuses]) => [
    code!,
    statuses!.split(" or ").map(Number),
  ]),
);

/** Written to nobody: the client is gone. */
const UNHEARD = ["CLIENT_GONE"];

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

/** Codes of errors that the platform makes itself, as its sources spell them. */
function spelt(): string[] {
  const sources = ["graphql", "http"].flatMap((folder) => filesUnder(join(ROOT, "src", "platform", folder)));
  const found = sources.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const own = [...text.matchAll(/extensions: \{ code: "([A-Z_]+)"|^const (?:DEFECT|BAD_VALUE) = "([A-Z_]+)"/gm)];
    const byStatus = [...text.matchAll(/^ {2}\d{3}: "([A-Z_]+)"/gm)];
    const limits = [...text.matchAll(/code: "(LIMIT_EXCEEDED|TOO_COSTLY|THROTTLED|ANSWER_TOO_LARGE|TIMEOUT)"/g)];
    return [...own, ...byStatus, ...limits].map(([, one, other]) => (one ?? other)!);
  });
  return [...new Set(found)].filter((code) => !UNHEARD.includes(code));
}

test("every code that can stand in `errors` is in the page's table", () => {
  const codes = spelt();
  expect(codes).toEqual(expect.arrayContaining(["THROTTLED", "TOO_COSTLY", "TIMEOUT", "BAD_USER_INPUT"]));
  expect([...topLevelCodes, ...codes].filter((code) => !told.has(code))).toEqual([]);
});

const CREATE = "mutation ($input: CreateCandidateInput!) { createCandidate(input: $input) { candidate { id } } }";
const named = (name: string) => ({ input: { name } });
const VIEWER = "{ viewer { organization { id } } }";

interface Sent {
  who?: string | null;
  query?: string;
  variables?: object;
  headers?: Record<string, string>;
  body?: string;
  method?: string;
  path?: string;
}

async function answered({ who = admin, query = VIEWER, variables, headers = {}, body, method = "POST", path }: Sent) {
  const response = await fetch(`${api.url}${path ?? "/graphql"}`, {
    method,
    headers: { "content-type": "application/json", ...(who ? { authorization: `Bearer ${who}` } : {}), ...headers },
    body: method === "GET" ? undefined : (body ?? JSON.stringify({ query, variables })),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: errors?.[0]?.extensions.code, headers: response.headers };
}

const idempotent = { "idempotency-key": "the-same" };

describe("what the page says of a code is so:", () => {
  test.each<[code: string, sent: () => Sent]>([
    ["UNAUTHENTICATED", () => ({ who: null })],
    ["UNAUTHENTICATED", () => ({ who: "assay_live_nonsense" })],
    [
      "FORBIDDEN",
      () => ({ who: key, query: 'mutation { createSkill(input: { slug: "x", name: "x" }) { skill { id } } }' }),
    ],
    [
      "NOT_FOUND",
      () => ({
        query: `mutation { updateCandidate(input: { id: "${own.job.id.replace("-7041-", "-7040-")}", version: 1, name: "X" }) { candidate { id } } }`,
      }),
    ],
    ["BAD_ID", () => ({ query: '{ node(id: "nonsense") { id } }' })],
    ["BAD_PAGE", () => ({ query: "{ jobs(first: 101) { nodes { id } } }" })],
    ["BAD_CURSOR", () => ({ query: '{ jobs(after: "nonsense") { nodes { id } } }' })],
    ["GRAPHQL_PARSE_FAILED", () => ({ query: "{" })],
    ["GRAPHQL_VALIDATION_FAILED", () => ({ query: "{ nonsense }" })],
    ["BAD_USER_INPUT", () => ({ query: CREATE, variables: { input: {} } })],
    ["OPERATION_RESOLUTION_FAILURE", () => ({ query: `query A ${VIEWER} query B ${VIEWER}` })],
    ["BAD_REQUEST", () => ({ body: "{" })],
    [
      "BAD_REQUEST",
      () => ({ method: "GET", path: "/graphql?query=%7B__typename%7D", headers: { "content-type": "text/plain" } }),
    ],
    [
      "PERSISTED_QUERY_NOT_SUPPORTED",
      () => ({ body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }) }),
    ],
    ["LIMIT_EXCEEDED", () => ({ query: `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: __typename`).join(" ")} }` })],
    [
      "TOO_COSTLY",
      () => ({
        query: "{ jobs(first: 100) { nodes { applications(first: 100) { nodes { id } } } } }",
      }),
    ],
    [
      "IDEMPOTENCY_KEY_INVALID",
      () => ({ query: CREATE, variables: named("A"), headers: { "idempotency-key": "two words" } }),
    ],
    [
      "IDEMPOTENCY_ONE_MUTATION",
      () => ({
        query: `mutation ($input: CreateCandidateInput!) { a: createCandidate(input: $input) { candidate { id } } b: createCandidate(input: $input) { candidate { id } } }`,
        variables: named("A"),
        headers: idempotent,
      }),
    ],
    ["METHOD_NOT_ALLOWED", () => ({ method: "PUT" })],
    ["PAYLOAD_TOO_LARGE", () => ({ who: null, body: JSON.stringify({ query: VIEWER, padding: " ".repeat(200_000) }) })],
    ["UNSUPPORTED_MEDIA_TYPE", () => ({ body: "query=1", headers: { "content-type": "application/xml" } })],
  ])("%s", async (code, sent) => {
    const { status, code: came } = await answered(sent());
    expect(came).toBe(code);
    expect(told.get(code)).toContain(status);
  });

  test("IDEMPOTENCY_MISMATCH", async () => {
    expect((await answered({ query: CREATE, variables: named("A"), headers: idempotent })).code).toBeUndefined();
    const { status, code } = await answered({ query: CREATE, variables: named("B"), headers: idempotent });
    expect([code, told.get(code!)]).toEqual(["IDEMPOTENCY_MISMATCH", [status]]);
  });

  test("IDEMPOTENCY_ANSWER_GONE", async () => {
    const query = `mutation { createApiKey(input: { name: "K", environment: LIVE, scopes: [CANDIDATES_READ] }) { newApiKey { secret } } }`;
    const headers = { "idempotency-key": "a-secret" };
    expect((await answered({ query, headers })).code).toBeUndefined();
    const { status, code } = await answered({ query, headers });
    expect([code, told.get(code!)]).toEqual(["IDEMPOTENCY_ANSWER_GONE", [status]]);
  });

  test("THROTTLED, with a Retry-After", async () => {
    const query = "{ jobs(first: 100) { nodes { applications(first: 90) { nodes { id } } } } }";
    const who = (await keyWith(own, ["candidates:read"])).secret;
    const answers = await Promise.all(Array.from({ length: 4 }, () => answered({ who, query })));
    const throttled = answers.find(({ code }) => code === "THROTTLED")!;
    expect(told.get("THROTTLED")).toEqual([throttled.status]);
    expect(Number(throttled.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
