import { getNamedType, isObjectType } from "graphql";
import { newId, typeOfId } from "../../src/platform/ids";
import { schema } from "../../src/server";
import { type Company, company } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Answer, type Api, startApi } from "../support/api";

jest.setTimeout(30_000);

/** Every list of the root, and every list under a noun, found in the schema. */
const LISTS = Object.values(schema.getQueryType()!.getFields()).filter(({ args }) =>
  args.some(({ name }) => name === "first"),
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
    const { b } = await api.ask(own.people.admin, BANKS);
    await api.ask(own.people.admin, QUESTIONS, { bankId: b.questionBank.id });
  }
});

afterAll(() => api.close());

const BANKS = `mutation {
  a: createQuestionBank(input: { name: "🦄" }) { userErrors { code } }
  b: createQuestionBank(input: { name: "B" }) { questionBank { id } userErrors { code } }
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
