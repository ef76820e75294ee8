import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GraphQLEnumType, type GraphQLObjectType, isEnumType } from "graphql";
import { MOST_ITEMS } from "../../src/candidates/upsert.rules";
import { LONGEST_PAGE } from "../../src/platform/db/span";
import { COST_LIMITS } from "../../src/platform/graphql/limits";
import { schema } from "../../src/server";
import { MOST_ENDPOINTS } from "../../src/webhooks/webhook-endpoint.rules";
import { MOST_TRIES, retryMilliseconds } from "../../src/webhooks/webhook-retry.rules";
import { blocksOf, pageText, ROOT, stepsOf } from "./page";

const page = pageText();

/** Text of a section, from its heading to the next of the same level. */
const section = (number: number): string => page.split(/^## /m).find((text) => text.startsWith(`${number}. `))!;

const enumOf = (name: string): GraphQLEnumType => {
  const type = schema.getType(name);
  if (!isEnumType(type)) throw new Error(`${name} is no enum`);
  return type;
};

test("every curl line stands in a block that is run, with what it answers", () => {
  const run = stepsOf(page).filter(({ kind, answer }) => kind === "sh" && answer !== null);
  const inRun = run.map(({ text }) => text.match(/^curl /gm)?.length ?? 0);
  expect(inRun).toEqual(run.map(() => 1));
  expect(inRun.length).toBeGreaterThan(10);
  expect(page.match(/^ *(\$ )?curl /gm)).toHaveLength(inRun.length);
});

test("what is shown of docs/examples is what lies there, letter by letter", () => {
  const shown = blocksOf(page).filter(({ language }) => language === "ts" || language === "js");
  const files = ["typed-client.ts", "verify-webhook.mjs", "verify-with-library.mjs", "receive-webhooks.mjs"];
  const texts = files.map((name) => readFileSync(join(ROOT, "docs", "examples", name), "utf8"));
  expect(shown.map(({ text }) => text)).toEqual(texts);
});

test("the code that verifies has ten lines of its own", () => {
  const text = readFileSync(join(ROOT, "docs", "examples", "verify-webhook.mjs"), "utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\/\*\*/.test(line));
  expect(lines.length).toBeLessThanOrEqual(10);
});

test("its links lead somewhere", () => {
  const targets = [...page.matchAll(/\]\(([^)#]+)\)/g)]
    .map(([, target]) => target!)
    .filter((to) => !to.includes("://"));
  expect(targets.filter((target) => !existsSync(join(ROOT, "docs", target)))).toEqual([]);
  const slugs = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-"),
  );
  const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
  expect(anchors.filter((anchor) => !slugs.includes(anchor))).toEqual([]);
});

/** Code -> what the page says of it, of a table's rows. */
const rows = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map(([, code, words]) => [code!, words!]));

test("every user error code is explained, in the schema's words, and no other", () => {
  const table = rows(section(5).split("**In `userErrors[].code`**")[1]!);
  const told = enumOf("UserErrorCode")
    .getValues()
    .map(({ name, description }) => [name, description]);
  expect(new Map([...table].sort())).toEqual(new Map((told as [string, string][]).sort()));
});

test("every outcome of an upsert is explained, in the schema's words", () => {
  const told = enumOf("UpsertOutcome").getValues();
  const table = rows(section(1));
  for (const { name, description } of told) expect([name, table.get(name)]).toEqual([name, description]);
  expect([...table.keys()].sort()).toEqual(told.map(({ name }) => name).sort());
});

test.each([["Recommendation"], ["SessionState"], ["InvitationResponse"], ["ApplicationStatus"]])(
  "every value of %s has its word",
  (name) => {
    const missing = enumOf(name)
      .getValues()
      .filter((value) => !section(8).includes(`\`${value.name}\``));
    expect(missing.map((value) => value.name)).toEqual([]);
  },
);

test("the deprecation that the page names is one", () => {
  const [, parent, field] = /"coordinate": "(\w+)\.(\w+)"/.exec(section(7))!;
  const type = schema.getType(parent!) as GraphQLObjectType;
  expect(type.getFields()[field!]?.deprecationReason).toEqual(expect.any(String));
});

test.each([
  ["items of an upsert", MOST_ITEMS],
  ["rows of a page", LONGEST_PAGE],
  ["cost of one operation", COST_LIMITS.most],
  ["to spend", COST_LIMITS.capacity],
  ["to spend", COST_LIMITS.restoredPerSecond],
  ["endpoints", MOST_ENDPOINTS],
])("the limit of %s is %d", (what, most) => {
  const row = section(6)
    .split("\n")
    .find((line) => line.startsWith(`| ${what}`));
  expect(row?.split(" | ")[1]).toMatch(new RegExp(`(^|\\D)${most.toLocaleString("en")}(\\D|$)`));
});

test("retries are told as they are", () => {
  const told = /tried again \| after ([^|]+), each/.exec(section(3))![1]!;
  const milliseconds = told.split(", ").map((each) => {
    const [amount, unit] = each.split(" ");
    return Number(amount) * { s: 1000, min: 60_000, h: 3_600_000 }[unit as "s" | "min" | "h"];
  });
  const real = Array.from({ length: MOST_TRIES - 1 }, (_, index) => retryMilliseconds(index + 1, 0));
  expect(milliseconds).toEqual(real);
});
