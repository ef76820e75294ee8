import { type GraphQLEnumType, getNamedType, isInputObjectType, isListType, isObjectType } from "graphql";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import { newId, typeOfId } from "../../src/platform/ids";
import { registerOutbound } from "../../src/platform/jobs/outbound";
import { SetAsideJob } from "../../src/platform/jobs/set-aside-job.entity";
import { schema } from "../../src/server";
import { type Company, company } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Answer, type Api, startApi } from "../support/api";

jest.setTimeout(30_000);

/** Every list of the root, and every list under a noun, found in the schema; the feed of events has cursors of its own. */
const LISTS = Object.values(schema.getQueryType()!.getFields()).filter(
  ({ args, type }) => args.some(({ name }) => name === "first") && getNamedType(type).name.endsWith("Connection"),
);
const rootLists = LISTS.map(({ name }) => name);

/** The noun, the field, and the root list under which the noun is met. */
const nestedLists = LISTS.flatMap(({ name, type }) => {
  const noun = getNamedType(type).name.replace(/Connection$/, "");
  const object = schema.getType(noun);
  if (!isObjectType(object)) throw new Error(`${noun} is no type`);
  return Object.values(object.getFields())
    .filter(({ args }) => args.some((arg) => arg.name === "first"))
    .map((field) => [name, field.name] as const);
});

let api: Api;
let ours: Company;
let theirs: Company;

beforeAll(async () => {
  api = await startApi();
  [ours, theirs] = [await company(api.database), await company(api.database)];
  for (const own of [ours, theirs]) {
    for (const name of ["One", "Two", "Three"]) await own.applicant(name);
    const session = await interview(own, { panel: ["ann", "bob"] });
    await submit(own, "ann", session);
    await submit(own, "bob", session);
    await own.as("admin").db.transaction((tx) => refreshStandings(tx, [session.applicationId]));
    const { b } = await api.ask(own.people.admin, BANKS);
    await api.ask(own.people.admin, QUESTIONS, { bankId: b.questionBank.id });
    await api.ask(own.people.admin, KEYS);
    await webhooks(own);
    await own.as("admin").db.transaction((tx) => tx.insertAll(SetAsideJob, [failed("One"), failed("Other")]));
  }
});

afterAll(() => api.close());

const failed = (failure: string) => ({ job: "tests.job", facts: {}, attempts: 1, failure, retriedAt: null });

/** Two endpoints, each with a delivery: of a test, which nobody receives. */
async function webhooks({ people: { admin } }: Company): Promise<void> {
  registerOutbound({ allowed: ["127.0.0.1:9"], haste: 1 });
  for (const url of ["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"]) {
    const made = await api.ask(admin, NEW_ENDPOINT, { url });
    await api.ask(admin, TEST, { id: made.createWebhookEndpoint.newWebhookSecret.webhookEndpoint.id });
  }
}

const NEW_ENDPOINT = `mutation ($url: String!) {
  createWebhookEndpoint(input: { url: $url }) { newWebhookSecret { webhookEndpoint { id } } userErrors { code } }
}`;

const TEST = "mutation ($id: ID!) { testWebhook(input: { id: $id }) { userErrors { code } } }";

const BANKS = `mutation {
  a: createQuestionBank(input: { name: "🦄" }) { userErrors { code } }
  b: createQuestionBank(input: { name: "B" }) { questionBank { id } userErrors { code } }
}`;

const KEYS = `mutation {
  a: createApiKey(input: { name: "A", environment: LIVE, scopes: [AUDIT_READ] }) { userErrors { code } }
  b: createApiKey(input: { name: "B", environment: TEST, scopes: [AUDIT_READ] }) { userErrors { code } }
}`;

const QUESTIONS = `mutation ($bankId: ID!) {
  importBank(input: { format: GIFT, bankId: $bankId, text: "Is 1 odd? {T}\\n\\nIs 2 odd? {F}" }) { userErrors { code } }
}`;

const LEAK =
  /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|relation "|syntax error at|invalid (byte|input)|\bselect\b.*\bfrom\b|pg_/i;

async function send(query: string, variables: object = {}): Promise<Answer> {
  const answer = await api.send(ours.people.admin, query, variables);
  expect(JSON.stringify(answer)).not.toMatch(LEAK);
  expect(answer.errors?.map(({ extensions }) => extensions.code) ?? []).not.toContain("INTERNAL_SERVER_ERROR");
  return answer;
}

const page = (list: string, args: string) => `{ ${list}(${args}) { nodes { id } pageInfo { endCursor startCursor } } }`;

/** Arguments, and the one that the refusal names. */
const pages: [string, string][] = [
  ["first: 101", "first"],
  ["first: 1000", "first"],
  ["first: 2147483647", "first"],
  ["first: -1", "first"],
  ["last: 1000", "last"],
  ["last: -2147483648", "last"],
  ["first: 1, last: 1", "last"],
  ["first: 0, last: 0", "last"],
];

describe.each(rootLists)("%s", (list) => {
  test.each(pages)("(%s) is refused with BAD_PAGE", async (args, field) => {
    expect(await send(page(list, args))).toMatchObject({
      status: 200,
      data: null,
      errors: [{ path: [list], extensions: { code: "BAD_PAGE", field: [field] } }],
    });
  });

  test("(first: 0), (first: 100) and nulls are pages", async () => {
    expect((await send(page(list, "first: 0"))).data[list].nodes).toEqual([]);
    expect((await send(page(list, "first: 100, last: null, after: null"))).errors).toBeUndefined();
    expect((await send(page(list, "first: null, last: 100"))).errors).toBeUndefined();
  });

  test.each(["first: 99999999999", "first: 1.5", 'first: "2"', "first: true", "last: 1e3"])(
    "(%s) is refused by GraphQL itself",
    async (args) => {
      const { status, errors } = await send(page(list, args));
      expect({ status, errors }).toMatchObject({
        status: 400,
        errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
      });
      expect(errors?.[0]?.message).toMatch(/^Int cannot represent/);
    },
  );

  test("a broken cursor is refused with BAD_CURSOR, whichever way it is broken", async () => {
    const { data } = await send(page(list, "first: 1"));
    const good: string = data[list].pageInfo.endCursor;
    const [id, ...before] = (JSON.parse(Buffer.from(good, "base64url").toString()) as string[]).reverse();
    const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const other = typeOfId(id!) === "Candidate" ? newId("Job") : newId("Candidate");
    const broken = {
      empty: "",
      garbage: "x",
      letters: "not a cursor at all",
      emoji: "🦄",
      NUL: "\u0000",
      truncated: good.slice(0, -4),
      "without its head": good.slice(4),
      twice: good + good,
      "very long": "A".repeat(100_000),
      "an id alone": id,
      null: coded(null),
      "a number": coded(7),
      "an object": coded({ id }),
      "an empty list": coded([]),
      "a list of numbers": coded(before.map(() => 1).concat(2)),
      "one value too many": coded([...before, "x", id]),
      "garbage for an id": coded([...before, "x"]),
      "a NUL in the id": coded([...before, `${id}\u0000`]),
      "the id of another type": coded([...before, other]),
      "an id in capitals": coded([...before, id!.toUpperCase()]),
      ...(before.length > 0
        ? { "no value": coded([id]), "a NUL in the value": coded(["a\u0000", id]), "a null value": coded([null, id]) }
        : {}),
      "broken UTF-8": Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]).toString("base64url"),
    };
    for (const side of ["after", "before"]) {
      for (const [what, cursor] of Object.entries(broken)) {
        const query = `query ($cursor: String) { ${list}(${side}: $cursor) { nodes { id } } }`;
        const { status, errors } = await send(query, { cursor });
        expect({ what, status, errors }).toMatchObject({
          what,
          status: 200,
          errors: [{ path: [list], extensions: { code: "BAD_CURSOR", field: [side] } }],
        });
      }
    }
  });

  test("a cursor of another organisation's row is a place in the order, and shows nothing of theirs", async () => {
    const answer = await api.send(theirs.people.admin, page(list, "first: 100"));
    const { startCursor, endCursor } = answer.data[list].pageInfo;
    const foreign = new Set(answer.data[list].nodes.map(({ id }: { id: string }) => id));
    for (const cursor of [startCursor, endCursor]) {
      for (const side of ["after", "before"]) {
        const { data, errors } = await send(page(list, `${side}: "${cursor}"`));
        expect(errors).toBeUndefined();
        expect(data[list].nodes.filter(({ id }: { id: string }) => foreign.has(id))).toEqual([]);
      }
    }
  });

  test("a lone surrogate in a cursor is answered or refused, but breaks nothing", async () => {
    const { data } = await send(page(list, "first: 1"));
    const values = JSON.parse(Buffer.from(data[list].pageInfo.endCursor, "base64url").toString()) as string[];
    const cursor = Buffer.from(JSON.stringify(["\ud800", values.at(-1)].slice(-values.length))).toString("base64url");
    expect((await send(page(list, `after: "${cursor}"`))).status).toBe(200);
  });
});

test.each(nestedLists)("the list under a row of %s, %s, has the same limits", async (root, field) => {
  const nested = (args: string) => `{ ${root} { nodes { ${field}(${args}) { nodes { id } } } } }`;
  const cases: [string, string, string][] = [
    ...pages.map(([args, name]): [string, string, string] => [args, "BAD_PAGE", name]),
    ['after: "x"', "BAD_CURSOR", "after"],
    [`before: "${Buffer.from('["\\u0000"]').toString("base64url")}"`, "BAD_CURSOR", "before"],
  ];
  for (const [args, code, name] of cases) {
    const { data, errors } = await send(nested(args));
    expect({ args, data }).toEqual({ args, data: null });
    expect({ args, error: errors?.[0] }).toMatchObject({
      args,
      error: { path: [root, "nodes", expect.any(Number), field], extensions: { code, field: [name] } },
    });
  }
});

/** Every list that takes an order: its root, the nested field if it is one, and two orders that differ. */
const orders = [...rootLists.map((root) => [root, null] as const), ...nestedLists].flatMap(([root, field]) => {
  const list = LISTS.find(({ name }) => name === root)!;
  const noun = schema.getType(getNamedType(list.type).name.replace(/Connection$/, ""));
  const { args } = field && isObjectType(noun) ? noun.getFields()[field]! : list;
  const orderBy = args.find(({ name }) => name === "orderBy");
  if (!orderBy) return [];
  const names = (getNamedType(orderBy.type) as GraphQLEnumType).getValues().map(({ name }) => name);
  return names.flatMap((one) =>
    names.filter((other) => other !== one).map((other) => [root, field, one, other] as const),
  );
});

describe("a list that takes an order", () => {
  const query = (root: string, field: string | null, args: string) => {
    const read = `(${args}) { nodes { id } pageInfo { endCursor } }`;
    return field ? `{ ${root} { nodes { ${field}${read} } } }` : `{ ${root}${read} }`;
  };

  test("is met at the root and under a noun", () => {
    const names = new Set(orders.map(([root, field]) => (field ? `${root}.${field}` : root)));
    expect([...names].sort()).toEqual([
      "applications",
      "candidates",
      "interviewSessions",
      "jobs",
      "jobs.standings",
      "scorecards",
    ]);
  });

  test.each(orders)("%s %s: a cursor of %s is none of %s", async (root, field, one, other) => {
    const { data } = await send(query(root, field, `first: 1, orderBy: ${one}`));
    const found = field ? data[root].nodes.map((each: Answer["data"]) => each[field]) : [data[root]];
    const cursor = found.map(({ pageInfo }: Answer["data"]) => pageInfo.endCursor).find(Boolean);
    for (const side of ["after", "before"]) {
      const { status, errors } = await send(query(root, field, `${side}: "${cursor}", orderBy: ${other}`));
      expect({ status, errors }).toMatchObject({
        status: 200,
        errors: [{ extensions: { code: "BAD_CURSOR", field: [side] } }],
      });
      expect((await send(query(root, field, `${side}: "${cursor}", orderBy: ${one}`))).errors).toBeUndefined();
    }
  });

  test.each(orders)("%s %s takes no order of another name than %s or %s", async (root, field, one) => {
    for (const strange of [one.toLowerCase(), "CREATED_AT", `"${one}"`, "1", "[ID]", "{}"]) {
      const { status, errors } = await send(query(root, field, `orderBy: ${strange}`));
      expect({ strange, status, errors }).toMatchObject({
        strange,
        status: 400,
        errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
      });
    }
  });
});

/** Every field of every filter of a list of the root. Refusals name it without `filter`, as they leave out `input`. */
const filters = LISTS.flatMap(({ name, args }) => {
  const filter = args.find((arg) => arg.name === "filter");
  const type = filter && getNamedType(filter.type);
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map(
    (field) => [name, field.name, type.name, getNamedType(field.type).name, isListType(field.type)] as const,
  );
});

describe("a filter", () => {
  const wishing = (list: string, type: string, filter: object) =>
    send(`query ($filter: ${type}) { ${list}(filter: $filter) { totalCount nodes { id } } }`, { filter });
  const ofType = (wanted: string) => filters.filter(([, , , type]) => type === wanted);

  test("is met on lists of the hiring, and on what overseers read", () => {
    expect([...new Set(filters.map(([list]) => list))].sort()).toEqual([
      "accessLog",
      "applications",
      "auditTrail",
      "candidates",
      "interviewSessions",
      "jobs",
      "scorecards",
      "webhookDeliveries",
    ]);
  });

  /** Filters that take the id of whatever there is. */
  const ofAnything = ["auditTrail.objectId", "webhookDeliveries.objectId"];

  test.each(ofType("ID"))("%s by %s takes ids of its own type alone", async (list, field, type) => {
    const answers = [];
    const strange = ofAnything.includes(`${list}.${field}`) ? [] : [newId("Rating")];
    for (const id of ["", "x", "🦄", "\u0000", "a".repeat(10_000), ...strange, `${newId("Skill")} `]) {
      const { status, data, errors } = await wishing(list, type, { [field]: id });
      answers.push({ status, data, errors });
    }
    expect(answers).toMatchObject(
      answers.map(() => ({
        status: 200,
        data: null,
        errors: [{ path: [list], extensions: { code: "WRONG_ID_TYPE", field: [field] } }],
      })),
    );
  });

  test.each(filters)(
    "%s by %s asks for nothing where it is null or an empty list",
    async (list, field, type, _, many) => {
      // Asked at once: lists of what happens grow with each request.
      const read = "{ totalCount nodes { id } }";
      const query = `query ($filter: ${type}) { all: ${list} ${read} some: ${list}(filter: $filter) ${read} }`;
      for (const nothing of many ? [null, []] : [null]) {
        const { data } = await send(query, { filter: { [field]: nothing } });
        expect(data.all.totalCount).toBeGreaterThan(0);
        expect(data.some).toEqual(data.all);
      }
    },
  );

  const starts = ofType("DateTime").filter(([, field]) => /from$/i.test(field));

  test.each(starts)("%s by %s refuses a time that ends before it starts", async (list, from, type) => {
    const until = from.replace(/From$/, "Until").replace(/^from$/, "until");
    const day = (number: number) => `2031-01-0${number}T00:00:00Z`;
    for (const [first, last] of [
      [2, 1],
      [1, 1],
    ] as const) {
      const { data, errors } = await wishing(list, type, { [from]: day(first), [until]: day(last) });
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ path: [list], extensions: { code: "BAD_INPUT", field: [until] } }]);
    }
  });
});
