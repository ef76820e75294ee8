import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, getIntrospectionQuery, isObjectType, parse, specifiedRules, validate } from "graphql";
import { DEMO_TABS } from "../../../src/demo/demo-tabs.rules";
import { LIMITS, type LimitName } from "../../../src/platform/graphql/limits";
import { ShapeRule, shapeOf } from "../../../src/platform/graphql/shape-limits";
import { assertSmallVariables } from "../../../src/platform/graphql/variable-limits";
import { schema as published } from "../../../src/server";
import * as screens from "../../dashboards/screens";

const schema = buildSchema(`
  interface Named { name: String }
  type Query { word(of: String): String, me: Person, people(names: [String], within: Within): [Person], named: [Named] }
  type Person implements Named { name: String, friends: [Person] }
  type Robot implements Named { name: String, maker: String }
  input Within { names: [[String]] }
`);

const shape = (text: string) => shapeOf(parse(text));
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(" ");

test.each<[LimitName, string, number]>([
  ["queryLength", "{ me { name } }", 15],
  ["depth", "{ me { friends { name } } }", 3],
  ["depth", "{ ...A } fragment A on Query { me { ...B } } fragment B on Person { friends { name } }", 3],
  ["depth", "{ me { ... { ... on Person { name } } } }", 2],
  ["depth", "{ __schema { types { fields { type { ofType { ofType { name } } } } } } }", 1],
  ["aliases", "{ a: __typename b: me { c: name } }", 3],
  ["aliases", "{ ...A ...A } fragment A on Query { a: __typename }", 1],
  ["rootFields", "{ me { name } ... { people { name } ...A } } fragment A on Query { __typename named { name } }", 4],
  ["rootFields", "query A { me { name } } query B { me { name } people { name } }", 2],
  [
    "directives",
    "query @a { me @b { name @c @d } ...F @e ... @f { __typename } } fragment F on Query @g { me { name } }",
    7,
  ],
  ["directives", "query ($n: Int @a) { me { name } }", 1],
  ["repeatedFields", "{ me { name name } me { name } }", 2],
  ["repeatedFields", "{ a: me { name } b: me { name } }", 0],
  ["repeatedFields", "{ a: __typename b: __typename __typename }", 2],
  ["repeatedFields", "{ me { name a: name ... { b: name name } } }", 3],
  ["repeatedFields", '{ a: word(of: "x") b: word(of: "y") }', 0],
  ["repeatedFields", "{ me { name ... { name } ... { ... { name } } } }", 2],
  ["repeatedFields", "{ named { ... on Person { name } ... on Robot { name } } }", 0],
  ["repeatedFields", "{ named { ... on Robot { name } ... on Robot { name } } }", 1],
  ["fields", "{ me { name } }", 2],
  ["fields", "{ me { ...A ...A } } fragment A on Person { name friends { name } }", 7],
  ["listItems", `{ people(names: ["a", "b"]) { name } }`, 2],
  ["listItems", `{ people(within: { names: [["a", "b", "c"]] }) { name } }`, 3],
  ["listItems", `query ($n: [String] = ["a", "b"]) { people(names: $n) { name } }`, 2],
  ["listItems", `{ me @a(b: [1, 2, 3, 4]) { name } }`, 4],
])("%s are counted in %s", (name, text, count) => {
  expect(shape(text)[name as "depth"]).toBe(count);
});

/** As many as are allowed, and one more. */
const edges: [LimitName, (count: number) => string][] = [
  ["queryLength", (count) => "{ me { name } }".padEnd(count)],
  ["depth", (count) => `{ me ${"{ friends ".repeat(count - 2)} { name } ${"}".repeat(count - 2)} }`],
  [
    "aliases",
    (count) =>
      `{ ${times(count / 3, (i) => `a${i}: me { name }`)} me { ${times(count - Math.floor(count / 3), (i) => `a${i}: friends { name }`)} } }`,
  ],
  ["rootFields", (count) => `{ ${times(count, (i) => `a${i}: __typename`)} }`],
  ["directives", (count) => `{ me ${times(count, () => "@include(if: true)")} { name } }`],
  ["repeatedFields", (count) => `{ me { name ${times(count, () => "name")} } }`],
  ["listItems", (count) => `{ people(names: [${times(count, () => '""')}]) { name } }`],
];

const refused = (text: string) => validate(schema, parse(text), [...specifiedRules, ShapeRule]);

test.each(edges)("%s: as many as are allowed pass, and one more is refused", (name, made) => {
  const { most } = LIMITS[name];
  const found = (text: string) => refused(text).filter(({ extensions }) => extensions.code === "LIMIT_EXCEEDED");
  expect(found(made(most))).toEqual([]);
  expect(found(made(most + 1)).map(({ extensions }) => extensions.limit)).toEqual([
    { name, requested: most + 1, most },
  ]);
});

test("a refusal says what, how many, how many are allowed, and how to mend it", () => {
  expect(refused(edges[3]![1](21)).map(({ message }) => message)).toEqual([
    "21 root fields; at most 20 are allowed: ask in several operations.",
  ]);
});

/** `depth` fragments, of which each spreads the next one `width` times. */
const bomb = (depth: number, width: number) =>
  `{ me { ...F0 } } ${times(depth, (i) => `fragment F${i} on Person { ${i + 1 < depth ? times(width, () => `...F${i + 1}`) : "name"} }`)}`;

test("a fragment bomb is counted without being set off", () => {
  expect(shape(bomb(13, 2)).fields).toBe(2 ** 12 + 1);
  expect(shape(bomb(300, 2)).fields).toBe(Number.MAX_SAFE_INTEGER);
  expect(JSON.stringify(shape(bomb(300, 2)))).not.toContain("null");
  expect(refused(bomb(300, 2)).map(({ extensions }) => extensions.limit)).toMatchObject([{ name: "fields" }]);
});

test("fragments that spread themselves are left to the rule of GraphQL's own", () => {
  const cyclic = "{ me { ...A } } fragment A on Person { friends { ...B } } fragment B on Person { friends { ...A } }";
  expect(refused(cyclic).map(({ message }) => message)).toEqual(['Cannot spread fragment "A" within itself via "B".']);
});

test("what is refused is not looked at by other rules", () => {
  expect(refused(`{ ${times(21, (i) => `a${i}: there_is_no_such_field`)} }`)).toHaveLength(1);
});

test.each(Object.entries(screens))("the screen %s stays within half of each limit", (_, text) => {
  for (const [name, count] of Object.entries(shape(text))) {
    expect({ name, count: Math.max(count, LIMITS[name as LimitName].most / 2 + 1) }).toEqual({
      name,
      count: LIMITS[name as LimitName].most / 2 + 1,
    });
  }
});

test.each([...DEMO_TABS.map(({ query }) => query), getIntrospectionQuery()])(
  "what GraphiQL asks is within all: %#",
  (text) => {
    const over = Object.entries(shape(text)).filter(([name, count]) => count > LIMITS[name as LimitName].most);
    expect(over).toEqual([]);
  },
);

describe("variables", () => {
  const list = (length: number) => Array.from({ length }, () => "x");

  test.each([
    ["at the top", (length: number) => ({ names: list(length) })],
    ["within objects", (length: number) => ({ input: { within: { names: list(length) } } })],
    ["within lists", (length: number) => ({ input: [[["x"], list(length)]] })],
  ])("%s: 1,000 items pass, and one more is refused", (_, made) => {
    expect(() => assertSmallVariables(made(1000))).not.toThrow();
    expect(() => assertSmallVariables(made(1001))).toThrow("1,001 items in one list; at most 1,000 are allowed");
  });

  test("1,000 keys of one object pass, and one more is refused", () => {
    const made = (count: number) => ({ input: [Object.fromEntries(list(count).map((_, i) => [`k${i}`, i]))] });
    expect(() => assertSmallVariables(made(1000))).not.toThrow();
    expect(() => assertSmallVariables(made(1001))).toThrow("1,001 keys in one object of the variables");
  });

  test("100,000 values in all pass, and one more is refused", () => {
    const made = (rest: number) => ({ rest: list(rest), most: list(99).map(() => list(1000)) });
    // Two variables, 99 lists, and what is in them.
    expect(() => assertSmallVariables(made(1000 - 101))).not.toThrow();
    expect(() => assertSmallVariables(made(1000 - 100))).toThrow("100,001 values in all variables together");
  });

  test("a nest deeper than any stack is walked", () => {
    const deep = JSON.parse(`{"a":${"[".repeat(90_000)}${"]".repeat(90_000)}}`) as object;
    expect(() => assertSmallVariables(deep)).not.toThrow();
  });
});

describe("docs/limits.md", () => {
  const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "limits.md"), "utf8");
  const row = (name: string) => page.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));

  test.each(Object.entries(LIMITS))(
    "names %s with its number, what is counted, and how to mend it",
    (name, { most, what, mend }) => {
      expect(row(name)).toBe(`| \`${name}\` | ${most.toLocaleString("en-US")} | ${what} | ${mend} |`);
    },
  );

  test("names every field that costs more than its kind, with its weight", () => {
    const types = Object.values(published.getTypeMap()).filter((type) => isObjectType(type));
    const heavy = types
      .filter(({ name }) => !/(Connection|Edge)$/.test(name))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
      )
      .filter(({ field }) => field.extensions.complexity !== undefined);
    const told = [...page.matchAll(/^\| `(\w+\.\w+)` \| ([\d,]+)/gm)].map(([, name, weight]) => `${name} ${weight}`);
    const wanted = heavy.map(
      ({ name, field }) => `${name} ${Number(field.extensions.complexity).toLocaleString("en-US")}`,
    );
    expect(told.sort()).toEqual(wanted.sort());
  });

  test("names no limit that there is not", () => {
    const named = [...page.matchAll(/^\| `(\w+)` \| [\d,]+ \| [^|]+ \| [^|]+ \|$/gm)].map(([, name]) => name);
    expect(named.filter((name) => !(name! in LIMITS))).toEqual([]);
  });
});
