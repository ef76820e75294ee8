import { randomBytes } from "node:crypto";
import { getIntrospectionQuery } from "graphql";
import { COST_LIMITS } from "../../src/platform/graphql/limits";
import { type Company, company } from "../cast/company";
import { type Answer, type Api, startApi } from "../support/api";

jest.setTimeout(60_000);

let api: Api;
let firm: Company;

beforeAll(async () => {
  api = await startApi({ limits: { ...COST_LIMITS, capacity: 1e12, restoredPerSecond: 1e12 } });
  firm = await company(api.database);
});

afterAll(() => api.close());

const ann = () => firm.people.ann;
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

interface Raw {
  method?: string;
  headers?: Record<string, string>;
  body?: string | ReadableStream;
  path?: string;
}

/** As `api.send`, but nothing is put right. */
async function raw({ method = "POST", headers = {}, body, path = "" }: Raw) {
  const response = await fetch(`${api.url}/graphql${path}`, { method, headers, body, duplex: "half" } as RequestInit);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const json = { "content-type": "application/json" };
const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions.code);
const limitsOf = ({ errors }: Answer) =>
  errors?.map(({ extensions }) => (extensions as unknown as { limit?: { name: string } }).limit?.name);

/** Nothing of the inside: no stack, no path, no SQL. */
const LEAK = /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|password|select .* from/i;

const bomb = (depth: number) =>
  `{ skills { nodes { ...F0 } } } ${times(depth, (i) => `fragment F${i} on Skill { ${i + 1 < depth ? `...F${i + 1} ...F${i + 1}` : "name"} }`)}`;

describe("what is too large in shape is refused before it is looked at any further", () => {
  const attacks: [name: string, limit: string, query: string][] = [
    ["alias overload", "aliases", `{ ${times(101, (i) => `a${i}: __typename`)} }`],
    ["directive overload", "directives", `{ about { name ${times(200, () => "@skip(if: false)")} } }`],
    ["field duplication", "repeatedFields", `{ about { ${times(500, () => "name")} } }`],
    ["duplication of objects", "repeatedFields", `{ ${times(300, () => "about { name }")} }`],
    ["duplication in inline fragments", "repeatedFields", `{ ${times(150, () => "... { about { name } }")} }`],
    ["root fields", "rootFields", `{ ${times(21, (i) => `a${i}: about { name }`)} }`],
    ["deep nesting", "depth", `{ skills ${"{ nodes { children ".repeat(8)} { totalCount } ${"} }".repeat(8)} }`],
    ["a fragment bomb", "fields", bomb(30)],
    ["a long text", "queryLength", `{ about { name } } #${"x".repeat(70_000)}`],
    ["too many tokens", "tokens", `{ about { ${times(3000, (i) => `f${i}`)} } }`],
    ["nested lists", "tokens", `{ nodes(ids: ${"[".repeat(9000)}${"]".repeat(9000)}) { id } }`],
    ["nested selections", "tokens", `${"{ a ".repeat(9000)}${"}".repeat(9000)}`],
    ["a long list in the text", "listItems", `{ nodes(ids: [${times(1001, () => "1")}]) { id } }`],
  ];

  test.each(attacks)("%s is refused by the limit of %s", async (_, limit, query) => {
    const answer = await api.send(ann(), query);
    expect(answer.status).toBe(400);
    expect(new Set(codes(answer))).toEqual(new Set(["LIMIT_EXCEEDED"]));
    expect(limitsOf(answer)).toContain(limit);
    expect(answer.data).toBeUndefined();
    expect(JSON.stringify(answer)).not.toMatch(LEAK);
  });

  test("a query of 1 MB is refused", async () => {
    const answer = await api.send(ann(), `{ about { name } } #${"x".repeat(1_000_000)}`);
    expect([answer.status, limitsOf(answer)]).toEqual([400, ["queryLength"]]);
  });

  test("huge variables are refused, in whatever they are nested", async () => {
    const ids = Array.from({ length: 100_000 }, () => "x");
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    for (const variables of [{ ids }, { ids: [], other: { deep: [[ids]] } }]) {
      const answer = await api.send(ann(), query, variables);
      expect([answer.status, limitsOf(answer)]).toEqual([400, ["listItems"]]);
    }
  });

  test.each([
    ["itself", "{ skills { nodes { ...A } } } fragment A on Skill { ...A }"],
    [
      "each other",
      "{ skills { nodes { ...A } } } fragment A on Skill { parent { ...B } } fragment B on Skill { parent { ...A } }",
    ],
  ])("fragments that spread %s are refused by GraphQL's own rule", async (_, query) => {
    const answer = await api.send(ann(), query);
    expect([answer.status, codes(answer)]).toEqual([400, ["GRAPHQL_VALIDATION_FAILED"]]);
    expect(answer.errors?.[0]?.message).toMatch(/^Cannot spread fragment "A" within itself/);
  });

  test("circular introspection is refused, and the introspection of tools is answered", async () => {
    const circular = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    const answer = await api.send(ann(), circular);
    expect([answer.status, codes(answer)]).toEqual([400, ["GRAPHQL_VALIDATION_FAILED"]]);
    expect(answer.errors?.[0]?.message).toBe("Maximum introspection depth exceeded");
    expect((await api.ask(ann(), getIntrospectionQuery())).__schema.queryType.name).toBe("Query");
  });

  test("a document of thousands of mistakes is told of few", async () => {
    const answer = await api.send(ann(), `{ about { ${times(1000, (i) => `f${i}`)} } }`);
    expect([answer.status, answer.errors!.length <= 11]).toEqual([400, true]);
  });
});

describe("cost", () => {
  const nested = (size: string) =>
    `query ($n: Int) { questionBanks(first: ${size}) { nodes { questions(first: ${size}) { nodes { versions(first: ${size}) { nodes { id } } } } } } }`;
  const costOf = (answer: Answer) => (answer as unknown as { extensions: { cost: object } }).extensions.cost;

  test("a page size in a variable is refused as it is in the text", async () => {
    const [literal, inVariable] = [
      await api.send(ann(), nested("100").replace("query ($n: Int)", "query")),
      await api.send(ann(), nested("$n"), { n: 100 }),
    ];
    for (const answer of [literal, inVariable]) {
      expect([answer.status, codes(answer), answer.data]).toEqual([400, ["TOO_COSTLY"], undefined]);
      expect(answer.errors![0]!.message).toBe(
        "The operation costs 1,020,201; at most 10,000 are allowed: ask for smaller pages with `first`, and for fewer lists within lists.",
      );
      expect(costOf(answer)).toMatchObject({ requested: 1_020_201, limit: 10_000 });
    }
  });

  test("a document that was taken once is refused with larger variables", async () => {
    const small = await api.send(ann(), nested("$n"), { n: 2 });
    expect([small.status, small.errors, costOf(small)]).toMatchObject([
      200,
      undefined,
      { requested: 1 + 2 * (2 + 2 * (2 + 2)) },
    ]);
    expect(codes(await api.send(ann(), nested("$n"), { n: 100 }))).toEqual(["TOO_COSTLY"]);
    expect(codes(await api.send(ann(), nested("$n"), { n: 3 }))).toBeUndefined();
  });

  test("each answer tells what it cost, what is the most, and what is left", async () => {
    for (const [query, requested] of [
      ["{ skills(first: 10) { nodes { name } } }", 11],
      ["{ about {", 1],
      ["{ nope }", 1],
    ] as const) {
      expect(costOf(await api.send(ann(), query))).toEqual({ requested, limit: 10_000, remaining: expect.any(Number) });
    }
  });
});

describe("the rate", () => {
  let scarce: Api;
  let others: Company;

  beforeAll(async () => {
    scarce = await startApi({ limits: { most: 100, capacity: 300, restoredPerSecond: 0.01 } });
    others = await company(scarce.database);
  });

  afterAll(() => scarce.close());

  const spend = (who: "ann" | "bob") => scarce.send(others.people[who], "{ skills(first: 99) { nodes { name } } }");

  test("who has spent all is told when to come again, and nobody else is", async () => {
    const answers = [await spend("ann"), await spend("ann"), await spend("ann"), await spend("ann")];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get("ratelimit"))).toEqual([
      `"cost";r=200;t=10000`,
      `"cost";r=100;t=20000`,
      expect.stringMatching(/^"cost";r=0;t=\d+$/),
      expect.stringMatching(/^"cost";r=0;t=\d+$/),
    ]);
    for (const { headers } of answers) expect(headers.get("ratelimit-policy")).toBe(`"cost";q=300;w=30000`);
    const [last] = answers.slice(-1);
    expect(codes(last!)).toEqual(["THROTTLED"]);
    expect(Number(last!.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await spend("bob")).status).toBe(200);
  });

  test("what cannot be read is paid for as well", async () => {
    const cyd = others.people.cyd;
    for (let left = 300; left > 0; left--) expect((await scarce.send(cyd, "{")).status).toBe(400);
    const answer = await scarce.send(cyd, "{");
    expect([answer.status, codes(answer)]).toEqual([429, ["THROTTLED"]]);
    expect(answer.headers.get("ratelimit")).toMatch(/^"cost";r=0;/);
  });

  test("strangers share a tenth of it, and spend nothing of a member's", async () => {
    const about = () => scarce.send(null, "{ about { name } }");
    for (let left = 30; left > 0; left--) expect((await about()).status).toBe(200);
    const answer = await about();
    expect([answer.status, codes(answer)]).toEqual([429, ["THROTTLED"]]);
    expect((await scarce.send(others.people.bob, "{ about { name } }")).status).toBe(200);
  });
});

describe("requests that are none of ours", () => {
  const mutation = `mutation { createSkill(input: { slug: "stolen", name: "Stolen" }) { skill { id } } }`;
  const signed = async () => ({ authorization: `Bearer ${await api.tokenOf(firm.people.admin)}` });
  const stolen = async () =>
    (await api.ask(firm.people.admin, "{ skills { nodes { slug } } }")).skills.nodes.some(
      ({ slug }: { slug: string }) => slug === "stolen",
    );

  test.each<[string, number[], () => Raw]>([
    [
      "a mutation over GET",
      [405],
      () => ({
        method: "GET",
        path: `?query=${encodeURIComponent(mutation)}`,
        headers: { "apollo-require-preflight": "yes" },
      }),
    ],
    [
      "GET without a preflight",
      [400],
      () => ({ method: "GET", path: `?query=${encodeURIComponent("{ about { name } }")}` }),
    ],
    [
      "an urlencoded form",
      [400, 415],
      () => ({
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `query=${encodeURIComponent(mutation)}`,
      }),
    ],
    [
      "plain text",
      [400, 415],
      () => ({ headers: { "content-type": "text/plain" }, body: JSON.stringify({ query: mutation }) }),
    ],
    [
      "a multipart form",
      [400, 415],
      () => ({
        headers: { "content-type": "multipart/form-data; boundary=x" },
        body: `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${mutation}\r\n--x--`,
      }),
    ],
    [
      "an array of operations",
      [400],
      () => ({ headers: json, body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: mutation }))) }),
    ],
  ])("%s is refused and does nothing", async (_, statuses, request) => {
    const { headers, ...rest } = request();
    const answer = await raw({ ...rest, headers: { ...headers, ...(await signed()) } });
    expect(statuses).toContain(answer.status);
    expect(JSON.parse(answer.text).errors[0].extensions.code).toEqual(expect.any(String));
    expect(answer.text).not.toMatch(LEAK);
    expect(await stolen()).toBe(false);
  });

  const large = JSON.stringify({ query: "{ about { name } }", variables: { padding: "x".repeat(150_000) } });

  test("a stranger's body is small; a member's may be large", async () => {
    const refused = await raw({ headers: json, body: large });
    expect([refused.status, JSON.parse(refused.text).errors[0].extensions.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    expect((await raw({ headers: { ...json, ...(await signed()) }, body: large })).status).toBe(200);
  });

  test("a stranger's body is small also where its length is not told before", async () => {
    const body = new Blob([large]).stream();
    const refused = await raw({ headers: json, body });
    expect([refused.status, JSON.parse(refused.text).errors[0].extensions.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    const small = new Blob([JSON.stringify({ query: "{ about { name } }" })]).stream();
    expect((await raw({ headers: json, body: small })).status).toBe(200);
  });
});

describe("what answers do not tell", () => {
  test("a stranger gets no suggestions, and whoever has signed in does", async () => {
    const message = async (who: Parameters<Api["send"]>[0], query: string) =>
      (await api.send(who, query)).errors![0]!.message;
    for (const query of [
      "{ skillz { totalCount } }",
      "{ skills(frist: 1) { totalCount } }",
      "{ skills { totalCoun } }",
    ]) {
      expect(await message(ann(), query)).toMatch(/Did you mean/);
      expect(await message(null, query)).not.toMatch(/Did you mean|first|totalCount/);
    }
  });

  test.each([
    "{ nope }",
    "{",
    '{ node(id: "x") { id } }',
    "query ($n: Int!) { skills(first: $n) { totalCount } }",
    randomBytes(64).toString("latin1"),
  ])("no stack, path or statement is shown: %j", async (query) => {
    for (const who of [null, ann()]) expect(JSON.stringify(await api.send(who, query))).not.toMatch(LEAK);
  });
});
