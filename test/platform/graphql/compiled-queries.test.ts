import { buildSchema, getOperationAST, parse } from "graphql";
import { compileQuery } from "graphql-jit";
import { codeSize } from "../../../src/platform/graphql/code-size";
import { CompiledQueries } from "../../../src/platform/graphql/compiled-queries";
import { bytesOf, documentStore } from "../../../src/platform/graphql/document-store";
import { RecentlyUsed } from "../../../src/platform/recently-used";
import { schema as published } from "../../../src/server";
import * as screens from "../../dashboards/screens";

const schema = buildSchema(`
  interface Named { name: String, next: Named }
  type Query { me: Person, named: Named, either: Either }
  type Mutation { rename: Person }
  union Either = Person | Robot
  type Person implements Named { name: String, next: Named, age: Int }
  type Robot implements Named { name: String, next: Named, maker: Person }
`);

function sizeIn(of: typeof schema, text: string): number {
  const document = parse(text);
  return codeSize(of, document, getOperationAST(document)!);
}

test.each<[string, string, number]>([
  ["an object", "{ me { name age } }", 3],
  ["an interface, once for each of its types", "{ named { name } }", 1 + 2],
  ["interfaces within each other, which multiply", "{ named { next { next { name } } } }", 1 + 2 * (1 + 2 * (1 + 2))],
  ["a fragment, for the types that it is on", "{ named { name ... on Robot { maker { name age } } } }", 1 + 2 + 3],
  ["a fragment on an interface of a type", "{ me { ...N } } fragment N on Named { name }", 1 + 1],
  ["a union", "{ either { __typename ... on Named { name } } }", 1 + 4],
  ["a fragment as often as it is spread", "{ me { ...N ...N } } fragment N on Person { name age }", 1 + 4],
  ["the schema itself", '{ __schema { queryType { name } } __type(name: "X") { kind } }', 5],
])("the code of %s is counted", (_, text, size) => {
  expect(sizeIn(schema, text)).toBe(size);
});

test("a bomb of fragments is counted without being set off", () => {
  const fragments = Array.from(
    { length: 60 },
    (_, i) => `fragment F${i} on Named { next { ...F${i + 1} ...F${i + 1} } }`,
  );
  const text = `{ named { ...F0 } } ${fragments.join(" ")} fragment F60 on Named { name }`;
  expect(sizeIn(schema, text)).toBe(Number.MAX_SAFE_INTEGER);
});

test.each(Object.entries(screens))("the screen %s is far from too large to be compiled", (_, text) => {
  expect(sizeIn(published, text)).toBeLessThan(250);
});

describe("compiled queries", () => {
  let compiled: number;
  const queries = (mostFields?: number) => {
    compiled = 0;
    const counted: typeof compileQuery = (...given) => {
      compiled++;
      return compileQuery(...given);
    };
    return new CompiledQueries(schema, counted, mostFields);
  };

  const coming = (text: string) => {
    const document = parse(text);
    const operation = getOperationAST(document)!;
    return (kept: CompiledQueries) => kept.of(document, operation) !== null;
  };

  test("are compiled once, when they come the third time", () => {
    const [kept, comes] = [queries(), coming("{ me { name } }")];
    expect([comes(kept), comes(kept), comes(kept), comes(kept)]).toEqual([false, false, true, true]);
    expect(compiled).toBe(1);
  });

  test.each([
    [
      "too large a query",
      `{ ${"named { next { ".repeat(5)} name ${"} }".repeat(5)} }`
        .replaceAll("named { next", "next { next")
        .replace("next", "named"),
    ],
    ["a mutation", "mutation { rename { name } }"],
  ])("hold never: %s", (_, text) => {
    const [kept, comes] = [queries(), coming(text)];
    expect([1, 2, 3, 4, 5].map(() => comes(kept))).toEqual([false, false, false, false, false]);
    expect(compiled).toBe(0);
  });

  test("have room for so many fields, and forget what was used longest ago", () => {
    const kept = queries(4);
    const [one, two, three] = [coming("{ me { name } }"), coming("{ me { age } }"), coming("{ me { a: age } }")];
    for (const comes of [one, one, one, two, two, two, one, three, three, three]) comes(kept);
    expect([one(kept), three(kept), two(kept)]).toEqual([true, true, false]);
    expect(compiled).toBe(3);
  });
});

test("what is recently used is replaced under its key, and weighed anew", () => {
  const forgotten: string[] = [];
  const kept = new RecentlyUsed<string, number>({
    most: 10,
    weightOf: (n) => n,
    forgotten: (key) => forgotten.push(key),
  });
  for (const [key, weight] of [
    ["a", 4],
    ["b", 4],
    ["a", 5],
    ["c", 1],
    ["d", 2],
  ] as const)
    kept.set(key, weight);
  expect([forgotten, kept.size, kept.get("a"), kept.get("b")]).toEqual([["b"], 3, 5, undefined]);
  kept.set("huge", 11);
  expect(kept.size).toBe(0);
});

test("a document is weighed with its comments, so that long ones do not fill the memory", async () => {
  const long = parse(`{ me { name } } #${"x".repeat(60_000)}`);
  expect(bytesOf(long)).toBeGreaterThan(120_000);
  const store = documentStore(1_000_000);
  for (let i = 0; i < 20; i++) await store.set(`${i}`, long);
  const kept = await Promise.all(Array.from({ length: 20 }, (_, i) => store.get(`${i}`)));
  expect(kept.map((each) => each === long)).toEqual(Array.from({ length: 20 }, (_, i) => i >= 12));
});
