import { buildSchema, parse } from "graphql";
import { apolloServer } from "../../../src/platform/graphql/apollo";
import { deprecationsIn } from "../../../src/platform/graphql/deprecations";

const schema = buildSchema(`
  enum Order { NEWEST OLDEST @deprecated(reason: "Turn NEWEST round.") }
  input Inner { order: Order, inner: [Inner!], deep: Int @deprecated(reason: "Say \`inner\`.") }
  input Filter { text: String, word: String @deprecated(reason: "Say \`text\`."), inner: Inner }
  interface Named { name: String  title: String @deprecated(reason: "Say \`name\`.") }
  type Job implements Named { name: String  title: String @deprecated(reason: "Say \`name\`.") }
  type Query {
    jobs(first: Int, limit: Int @deprecated(reason: "Say \`first\`."), filter: Filter, orders: [Order!]): [Job!]
    named: Named
    old: String @deprecated(reason: "Ask for \`jobs\`.")
  }`);

const deprecationsOf = deprecationsIn(schema);

function used(text: string, variables: object = {}, name?: string): string[] {
  const document = parse(text);
  const operations = document.definitions.filter((each) => each.kind === "OperationDefinition");
  const operation = operations.find((each) => each.name?.value === name) ?? operations[0]!;
  return deprecationsOf(document, operation, variables as never).map(({ coordinate }) => coordinate);
}

const cases: [what: string, text: string, variables: object, coordinates: string[]][] = [
  ["nothing", "{ jobs(first: 1) { name } }", {}, []],
  ["a field", "{ old }", {}, ["Query.old"]],
  ["a field under two aliases, once", "{ a: old b: old }", {}, ["Query.old"]],
  ["a field of a type", "{ jobs { title } }", {}, ["Job.title"]],
  [
    "a field of an interface and of its type",
    "{ named { title ... on Job { title } } }",
    {},
    ["Job.title", "Named.title"],
  ],
  ["a field in a fragment", "{ jobs { ...A } } fragment A on Job { title }", {}, ["Job.title"]],
  ["an argument", "{ jobs(limit: 1) { name } }", {}, ["Query.jobs(limit:)"]],
  ["an argument with a variable", "query ($n: Int) { jobs(limit: $n) { name } }", {}, ["Query.jobs(limit:)"]],
  ["an input field", '{ jobs(filter: { word: "w" }) { name } }', {}, ["Filter.word"]],
  ["an input field deep down", "{ jobs(filter: { inner: { inner: [{ deep: 1 }] } }) { name } }", {}, ["Inner.deep"]],
  ["an enum value", "{ jobs(orders: [OLDEST]) { name } }", {}, ["Order.OLDEST"]],
  ["a default of a variable", "query ($o: Order! = OLDEST) { jobs(orders: [$o]) { name } }", {}, ["Order.OLDEST"]],
  [
    "an input field in a variable",
    "query ($f: Filter) { jobs(filter: $f) { name } }",
    { f: { word: "w", inner: { inner: { deep: 1, order: "OLDEST" } } } },
    ["Filter.word", "Inner.deep", "Order.OLDEST"],
  ],
  [
    "no input field that a variable leaves out",
    "query ($f: Filter) { jobs(filter: $f) { name } }",
    { f: { text: "" } },
    [],
  ],
  [
    "an enum value in a variable",
    "query ($o: [Order!]) { jobs(orders: $o) { name } }",
    { o: ["OLDEST"] },
    ["Order.OLDEST"],
  ],
  [
    "several, in order",
    "{ old jobs(limit: 1, orders: OLDEST) { title } }",
    {},
    ["Job.title", "Order.OLDEST", "Query.jobs(limit:)", "Query.old"],
  ],
];

test.each(cases)("an operation is told that it uses %s", (_what, text, variables, coordinates) => {
  expect(used(text, variables)).toEqual(coordinates);
});

test("only the operation that is asked for counts, with the fragments that it spreads", () => {
  const text = "query A { old } query B { jobs { ...J } } fragment J on Job { title }";
  expect(used(text, {}, "A")).toEqual(["Query.old"]);
  expect(used(text, {}, "B")).toEqual(["Job.title"]);
});

test("the text of an operation is looked at once", () => {
  const document = parse("{ old }");
  const [operation] = document.definitions as never[];
  expect(deprecationsOf(document, operation!, {})).toBe(deprecationsOf(document, operation!, {}));
});

describe.each([true, false])("an answer, with graphql-jit: %s,", (jit) => {
  const server = apolloServer<{ requestId: string; viewer: object }>(schema, { jit, log: () => undefined });
  const contextValue = { requestId: "r", viewer: {} };

  afterAll(() => server.stop());

  async function extensions(query: string): Promise<unknown> {
    const { body } = await server.executeOperation({ query }, { contextValue });
    return body.kind === "single" ? body.singleResult.extensions : undefined;
  }

  test("names what its operation used, and why not to, each time", async () => {
    for (let time = 1; time <= 4; time++) {
      expect(await extensions("{ old }")).toEqual({
        deprecations: [{ coordinate: "Query.old", reason: "Ask for `jobs`." }],
      });
    }
  });

  test("says nothing where there is nothing to say", async () => {
    expect(await extensions("{ jobs { name } }")).toBeUndefined();
  });

  test("says nothing of an operation that is refused", async () => {
    expect(await extensions("{ old unknown }")).toBeUndefined();
  });
});
