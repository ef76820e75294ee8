import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Change, CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, type GraphQLSchema } from "graphql";
import { schema } from "../../src/server";

/*
 * What integrators have built on does not change under them unless the changelog says so. `schema/released.graphql` is the
 * schema of the last release.
 */

const textOf = (...path: string[]): Promise<string> => readFile(join(__dirname, "../..", ...path), "utf8");

/** Path -> what breaks there, as a client hears it. */
async function broken(before: GraphQLSchema, after: GraphQLSchema): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const changes: Change[] = await diff(before, after);
  for (const { criticality, path, message } of changes) {
    if (criticality.level !== CriticalityLevel.Breaking) continue;
    const at = path ?? message;
    found.set(at, [...(found.get(at) ?? []), message]);
  }
  return found;
}

/** The lines from a heading to the next one of its level or above. */
function under(heading: RegExp, lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => heading.test(line));
  if (start < 0) return [];
  const level = /^#+/.exec(lines[start]!)![0].length;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => (/^(#+) /.exec(line)?.[1]?.length ?? Number.POSITIVE_INFINITY) <= level);
  return end < 0 ? rest : rest.slice(0, end);
}

/** Paths that the changelog names as breaking in what is not released yet: "- `Query.exportBank`: …". */
const announced = (changelog: string): string[] =>
  under(/^### Breaking$/, under(/^## .*\bunreleased$/, changelog.split("\n"))).flatMap((line) => {
    const path = /^- `([^`]+)`/.exec(line)?.[1];
    return path ? [path] : [];
  });

/** What the changelog is silent about, and what it says that is not so. */
async function faults(before: GraphQLSchema, after: GraphQLSchema, changelog: string): Promise<string[]> {
  const breaks = await broken(before, after);
  const said = announced(changelog);
  return [
    ...[...breaks]
      .filter(([path]) => !said.includes(path))
      .map(([path, messages]) => `${path}: ${messages.join("; ")}`),
    ...said.filter((path) => !breaks.has(path)).map((path) => `${path} is said to break, and does not`),
  ].sort();
}

test("what breaks a client is said in CHANGELOG.md, under `### Breaking`, and nothing else is", async () => {
  const released = buildSchema(await textOf("schema", "released.graphql"));
  expect(await faults(released, schema, await textOf("CHANGELOG.md"))).toEqual([]);
});

const RELEASED = `
  type Query { job(id: ID!): Job  jobs(first: Int): [Job!]!  old: String @deprecated(reason: "Ask for jobs.") }
  type Mutation { save(input: SaveInput!): Job }
  type Job { id: ID! title: String! state: State! }
  enum State { OPEN CLOSED }
  input SaveInput { title: String! state: State }`;

/** The released schema with one text in another's place. */
function changed(from: string, to: string): GraphQLSchema {
  expect(RELEASED).toContain(from);
  return buildSchema(RELEASED.replace(from, to));
}

const NOTHING = "# Changelog\n\n## 0.2.0, unreleased\n\n- More.\n";

describe("the check hears of", () => {
  test.each([
    ["a removed field", "title: String! state: State! }\n  enum", "title: String! }\n  enum", "Job.state"],
    ["a removed deprecated field", 'old: String @deprecated(reason: "Ask for jobs.")', "", "Query.old"],
    ["a removed enum value", "OPEN CLOSED", "OPEN", "State.CLOSED"],
    ["a new required input field", "state: State }", "state: State note: String! }", "SaveInput.note"],
    ["an input field that becomes required", "state: State }", "state: State! }", "SaveInput.state"],
    [
      "a field that may be null from now on",
      "title: String! state: State! }\n  enum",
      "title: String state: State! }\n  enum",
      "Job.title",
    ],
    [
      "a field of another type",
      "title: String! state: State! }\n  enum",
      "title: Int! state: State! }\n  enum",
      "Job.title",
    ],
    ["a new required argument", "jobs(first: Int)", "jobs(first: Int, of: ID!)", "Query.jobs.of"],
    ["an argument of another type", "jobs(first: Int)", "jobs(first: String)", "Query.jobs.first"],
    ["a removed argument", "jobs(first: Int)", "jobs", "Query.jobs.first"],
  ])("%s", async (_what, from, to, path) => {
    const after = changed(from, to);
    expect(await faults(buildSchema(RELEASED), after, NOTHING)).toEqual([expect.stringContaining(`${path}: `)]);
    const said = `${NOTHING}\n### Breaking\n\n- \`${path}\`: for a reason.\n\n### Fixed\n\n- \`Job.id\`\n\n## 0.1.0\n`;
    expect(await faults(buildSchema(RELEASED), after, said)).toEqual([]);
    const former = `${NOTHING}\n## 0.1.0\n\n### Breaking\n\n- \`${path}\`: long ago.\n`;
    expect(await faults(buildSchema(RELEASED), after, former)).toHaveLength(1);
  });

  test.each([
    ["a new field", "type Job { id: ID!", "type Job { note: String id: ID!"],
    ["a new input field that may be left out", "state: State }", "state: State note: String }"],
    ["a new argument that may be left out", "jobs(first: Int)", "jobs(first: Int, of: ID)"],
    ["a deprecation", "type Job { id: ID!", 'type Job { id: ID! @deprecated(reason: "Long.")'],
    ["a field that is never null any more", "job(id: ID!): Job ", "job(id: ID!): Job! "],
  ])("nothing where there is %s", async (_what, from, to) => {
    expect(await faults(buildSchema(RELEASED), changed(from, to), NOTHING)).toEqual([]);
  });

  test("a line about a change that is none", async () => {
    const said = `${NOTHING}\n### Breaking\n\n- \`Job.title\`: went.\n`;
    const same = buildSchema(RELEASED);
    expect(await faults(same, same, said)).toEqual(["Job.title is said to break, and does not"]);
  });
});
