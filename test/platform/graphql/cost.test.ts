import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getIntrospectionQuery,
  getOperationAST,
  parse,
} from "graphql";
import { DEMO_TABS } from "../../../src/demo/demo-tabs.rules";
import { compiledCosts } from "../../../src/platform/graphql/cost";
import { COST_LIMITS } from "../../../src/platform/graphql/limits";
import { schema as published } from "../../../src/server";
import * as screens from "../../dashboards/screens";
import { rootOperations } from "../../support/operations";

const schema = buildSchema(`
  type Query { me: Person, people(first: Int, last: Int): PersonConnection, nodes(ids: [ID!]!): [Person], compare(ids: [ID!]!): Person, heavy: Person, file: String }
  type Mutation { rename: Person }
  type PersonConnection { nodes: [Person], edges: [PersonEdge], pageInfo: PageInfo, totalCount: Int }
  type PersonEdge { cursor: String, node: Person }
  type PageInfo { hasNextPage: Boolean }
  type Person { name: String, tags: [String], best: Person, pets: [Pet], friends(first: Int, last: Int): PersonConnection }
  type Pet { name: String, owner: Person }
`);

const field = (type: string, name: string): GraphQLField<unknown, unknown> =>
  (schema.getType(type) as GraphQLObjectType).getFields()[name]!;

for (const [type, name, complexity] of [
  ["Query", "heavy", 50],
  ["Query", "file", 2000],
  ["PersonConnection", "totalCount", 5],
  ["PersonConnection", "pageInfo", 0],
  ["PersonEdge", "node", 0],
] as const) {
  field(type, name).extensions = { complexity };
}

function costIn(of: typeof schema, text: string, variables: object = {}): number {
  const document = parse(text);
  return compiledCosts(of)(document)(getOperationAST(document)!, variables as Record<string, unknown>);
}

const cost = (text: string, variables: object = {}) => costIn(schema, text, variables);

test.each<[string, string, number]>([
  ["values", "{ __typename file }", 2000],
  ["an object", "{ me { name tags } }", 1],
  ["objects in an object", "{ me { best { best { name } } } }", 3],
  ["a list without pages", "{ me { pets { name } } }", 2],
  ["what is asked of a list without pages", "{ me { pets { owner { name } } } }", 1 + 1 + 5 * 1],
  ["a page of the default size", "{ people { nodes { name } } }", 1 + 25],
  ["a page of a size", "{ people(first: 10) { nodes { name } } }", 1 + 10],
  ["a page from the end", "{ people(last: 10) { nodes { name } } }", 1 + 10],
  ["a page of edges", "{ people(first: 10) { edges { cursor node { name } } } }", 1 + 10],
  ["a page that is asked for nothing but where it stands", "{ people(first: 10) { pageInfo { hasNextPage } } }", 1],
  ["a count", "{ people(first: 100) { totalCount } }", 1 + 5],
  ["a page longer than allowed, which is refused unread", "{ people(first: 9999) { nodes { name } } }", 1 + 100],
  ["a page of less than nothing", "{ people(first: -5) { nodes { name } } }", 1],
  [
    "pages in a page",
    "{ people(first: 10) { nodes { friends(first: 20) { nodes { name } } } } }",
    1 + 10 * (1 + 1 + 20),
  ],
  ["a list by ids", `{ nodes(ids: ["a", "b", "c"]) { best { name } } }`, 3 * (1 + 1)],
  ["work for each of some ids", `{ compare(ids: ["a", "b", "c"]) { best { name } } }`, 3 + 1],
  ["a field that the schema says is heavy", "{ heavy { best { name } } }", 50 + 1],
  ["a mutation", "mutation { rename { best { name } } }", 10 + 1],
  ["the schema itself", "{ __schema { types { fields { name } } } __typename }", 100],
  ["what is left out", "{ me @skip(if: true) { name } heavy @include(if: false) { name } }", 0],
  ["what stays", "{ me @skip(if: false) @include(if: true) { name } }", 1],
  ["a fragment, as often as it is spread", "{ heavy { ...A ...A } } fragment A on Person { best { name } }", 50 + 2],
  [
    "a fragment on a page",
    "{ people(first: 7) { ...A } } fragment A on PersonConnection { nodes { name } totalCount }",
    1 + 7 + 5,
  ],
  ["a fragment in a fragment's own words", "{ me { ... { best { name } } ... on Person { best { name } } } }", 3],
])("%s: %s costs %d", (_, text, expected) => {
  expect(cost(text)).toBe(expected);
});

describe("a page size in a variable costs what a literal costs", () => {
  const inVariable = "query ($n: Int) { people(first: $n) { nodes { friends(first: $n) { nodes { name } } } } }";
  const literal = (size: string) => `{ people${size} { nodes { friends${size} { nodes { name } } } } }`;

  test.each([0, 1, 25, 100, 9999])("%d", (n) => {
    expect(cost(inVariable, { n })).toBe(cost(literal(`(first: ${n})`)));
  });

  test("left out, null, or by the variable's default", () => {
    expect(cost(inVariable)).toBe(cost(literal("")));
    expect(cost(inVariable, { n: null })).toBe(cost(literal("")));
    expect(cost(inVariable.replace("Int)", "Int = 100)"))).toBe(cost(literal("(first: 100)")));
  });
});

test("ids in a variable are counted, and one that stands for a list is one", () => {
  const text = "query ($ids: [ID!]!) { nodes(ids: $ids) { best { name } } }";
  expect([cost(text, { ids: ["a", "b", "c"] }), cost(text, { ids: "a" })]).toEqual([6, 2]);
  expect(cost(`query ($id: ID!) { nodes(ids: [$id, $id]) { best { name } } }`, { id: "a" })).toBe(4);
});

test("what variables leave out costs nothing, and what they leave in costs all of it", () => {
  const text = "query ($no: Boolean!, $n: Int) { people(first: $n) @skip(if: $no) { nodes { name } } me { name } }";
  expect([cost(text, { no: true, n: 100 }), cost(text, { no: false, n: 100 })]).toEqual([1, 102]);
});

test("variables that will be refused cost nothing", () => {
  const text = "query ($n: Int) { people(first: $n) { nodes { name } } }";
  expect(cost(text, { n: "many" })).toBe(0);
});

test("a fragment bomb is priced without being set off", () => {
  const spreads = (i: number) => (i < 60 ? `...F${i + 1} ...F${i + 1}` : "best { name }");
  const fragments = Array.from({ length: 61 }, (_, i) => `fragment F${i} on Person { ${spreads(i)} }`).join(" ");
  expect(cost(`{ me { ...F0 } } ${fragments}`)).toBe(Number.MAX_SAFE_INTEGER);
});

describe("of the published schema", () => {
  const most = COST_LIMITS.most / 2;

  test.each([...Object.entries(screens), ...DEMO_TABS.map(({ title, query }) => [title, query] as const)])(
    "%s costs less than half of what is allowed",
    (_, text) => {
      expect(costIn(published, text, { session: "x", application: "x", job: "x", input: {} })).toBeLessThan(most);
    },
  );

  test("introspection can be paid by a stranger", () => {
    expect(costIn(published, getIntrospectionQuery())).toBe(100);
  });

  test.each(rootOperations(published).map(({ name, query, variables }) => ({ name, query, variables })))(
    "$name alone costs less than half of what is allowed",
    ({ query, variables }) => {
      expect(costIn(published, query, variables)).toBeLessThan(most);
    },
  );
});
