import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { slices } from "../../src/slices";

jest.setTimeout(60_000);

const ROOT = join(__dirname, "..", "..");
const CONFIG = join(ROOT, ".dependency-cruiser.cjs");
const PROGRAM = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");

interface Violation {
  rule: { name: string };
  from: string;
  to: string;
}

/** What the import rules say of the sources under a directory. */
async function violations(directory: string, ...sources: string[]): Promise<Violation[]> {
  const words = [PROGRAM, "--config", CONFIG, "--output-type", "json", ...sources];
  const options = { cwd: directory, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, words, options);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

type Written = "as a value" | "as a type" | "onward";
type Import = readonly [rule: string | null, from: string, to: string, written?: Written];

/** An import that breaks each rule, and imports that look alike and break none. */
const IMPORTS: readonly Import[] = [
  ["platform-knows-no-slice", "src/platform/a1.ts", "src/identity/b1.rules.ts"],
  ["platform-knows-no-slice", "src/platform/a2.ts", "src/demo/b2.actions.ts"],
  ["sandboxes-know-no-slice", "src/sandboxes/a1.ts", "src/skills/b3.rules.ts"],
  [null, "src/sandboxes/a2.ts", "src/platform/b1.ts"],
  ...slices.slice(1).map(({ name }, index): Import => {
    const before = slices[index]!.name;
    return ["slice-order", `src/${before}/o1.actions.ts`, `src/${name}/o2.rules.ts`, "as a type"];
  }),
  ["slice-order", "src/identity/o3.resolver.ts", "src/evaluations/o3.type.ts"],
  [null, "src/evaluations/o4.resolver.ts", "src/identity/o4.type.ts"],
  ["demo-is-a-leaf", "src/server.ts", "src/demo/b4.actions.ts"],
  ["demo-is-a-leaf", "src/evaluations/d1.actions.ts", "src/demo/b5.actions.ts"],
  [null, "src/main.ts", "src/demo/b6.actions.ts"],
  [null, "src/demo/d2.actions.ts", "src/evaluations/b7.actions.ts"],
  [null, "src/demo/d3.actions.ts", "src/identity/b8.entity.ts"],
  ["manifests-are-listed", "src/server.ts", "src/identity/slice.ts"],
  [null, "src/slices.ts", "src/identity/slice.ts"],
  ["manifest-own", "src/skills/slice.ts", "src/identity/b9.relations.ts"],
  ["manifest-own", "src/skills/slice.ts", "src/skills/b10.entity.ts"],
  [null, "src/skills/slice.ts", "src/skills/b11.relations.ts"],
  ["root-order", "src/slices.ts", "src/platform/b2.ts"],
  ["root-acts", "src/main.ts", "src/identity/b12.rules.ts"],
  ["root-acts", "src/server.ts", "src/identity/b13.entity.ts"],
  [null, "src/server.ts", "src/identity/b14.actions.ts"],
  ["root-is-the-top", "src/platform/a3.ts", "src/server.ts", "as a type"],
  ["source-stands-alone", "src/platform/a4.ts", "test/cast/b15.ts"],
  ["source-stands-alone", "src/identity/a5.actions.ts", "ormconfig.ts"],
  [null, "src/main.ts", "ormconfig.ts"],
  ["migrations-stay", "migrations/1-a.ts", "src/identity/b16.entity.ts"],
  [null, "migrations/2-a.ts", "src/platform/db/wall.ts"],

  ["rules-own", "src/skills/r1.rules.ts", "src/skills/c1.policy.ts"],
  ["rules-own", "src/skills/r2.rules.ts", "src/skills/c2.entity.ts", "as a type"],
  ["rules-own", "src/skills/r2.rules.ts", "src/skills/c2.input.ts", "as a type"],
  ["rules-upstream", "src/skills/r3.rules.ts", "src/identity/c3.entity.ts", "as a type"],
  [null, "src/skills/r4.rules.ts", "src/skills/c4.rules.ts"],
  [null, "src/skills/r5.rules.ts", "src/identity/c5.rules.ts"],
  ["policy-own", "src/skills/p1.policy.ts", "src/skills/c6.entity.ts", "as a type"],
  ["policy-upstream", "src/skills/p2.policy.ts", "src/identity/c7.type.ts", "as a type"],
  [null, "src/skills/p3.policy.ts", "src/identity/c8.rules.ts"],
  ["entity-own", "src/skills/e1.entity.ts", "src/skills/c9.entity.ts"],
  ["entity-upstream", "src/skills/e2.entity.ts", "src/identity/c10.entity.ts"],
  ["entity-upstream", "src/skills/e2.entity.ts", "src/identity/c11.entity.ts", "as a type"],
  ["entity-own-rules-as-type", "src/skills/e3.entity.ts", "src/skills/c12.rules.ts"],
  ["entity-upstream-rules-as-type", "src/skills/e4.entity.ts", "src/identity/c13.rules.ts"],
  [null, "src/skills/e5.entity.ts", "src/skills/c14.rules.ts", "as a type"],
  [null, "src/skills/e6.entity.ts", "src/platform/db/row.ts"],
  ["relations-own", "src/skills/l1.relations.ts", "src/skills/c15.actions.ts"],
  ["relations-upstream", "src/skills/l2.relations.ts", "src/identity/c16.type.ts"],
  [null, "src/skills/l3.relations.ts", "src/identity/c17.entity.ts"],
  [null, "src/skills/l4.relations.ts", "src/skills/c18.policy.ts"],
  [null, "src/skills/l5.relations.ts", "src/identity/c44.relations.ts"],
  ["type-own", "src/skills/t1.type.ts", "src/skills/c19.actions.ts", "as a type"],
  ["type-own-entity-as-type", "src/skills/t2.type.ts", "src/skills/c20.entity.ts"],
  ["type-upstream", "src/skills/t3.type.ts", "src/identity/c21.entity.ts", "as a type"],
  [null, "src/skills/t4.type.ts", "src/skills/c22.entity.ts", "as a type"],
  [null, "src/skills/t5.type.ts", "src/identity/c23.type.ts"],
  ["input-own", "src/skills/i1.input.ts", "src/skills/c24.actions.ts"],
  ["input-own-entity-as-type", "src/skills/i2.input.ts", "src/skills/c25.entity.ts"],
  ["input-upstream", "src/skills/i3.input.ts", "src/identity/c26.entity.ts", "as a type"],
  [null, "src/skills/i4.input.ts", "src/skills/c27.type.ts"],
  ["section-own", "src/skills/f1.section.ts", "src/skills/c41.resolver.ts"],
  ["section-upstream", "src/skills/f2.section.ts", "src/identity/c42.section.ts"],
  [null, "src/skills/f3.section.ts", "src/skills/c43.actions.ts"],
  ["actions-own", "src/skills/x1.actions.ts", "src/skills/c28.resolver.ts"],
  ["actions-upstream", "src/skills/x2.actions.ts", "src/identity/c29.resolver.ts"],
  [null, "src/skills/x3.actions.ts", "src/identity/c30.entity.ts"],
  [null, "src/skills/x4.actions.ts", "src/identity/c31.actions.ts"],
  ["resolver-own", "src/skills/y1.resolver.ts", "src/skills/c32.resolver.ts"],
  ["resolver-own", "src/skills/y2.resolver.ts", "src/skills/c33.jobs.ts"],
  ["resolver-upstream", "src/skills/y3.resolver.ts", "src/identity/c34.resolver.ts"],
  [null, "src/skills/y4.resolver.ts", "src/skills/c35.actions.ts"],
  ["jobs-own", "src/skills/j1.jobs.ts", "src/skills/c36.entity.ts"],
  ["jobs-upstream", "src/skills/j2.jobs.ts", "src/identity/c37.entity.ts"],
  [null, "src/skills/j3.jobs.ts", "src/skills/c38.actions.ts"],

  ["pure-platform", "src/skills/u1.rules.ts", "src/platform/db/row.ts", "as a type"],
  ["pure-platform", "src/skills/u2.policy.ts", "src/platform/context.ts", "as a type"],
  [null, "src/skills/u3.rules.ts", "src/platform/errors.ts"],
  [null, "src/skills/u4.policy.ts", "src/platform/time.ts"],
  ["pure-foundation", "src/platform/errors.ts", "src/platform/b3.ts"],
  ["pure-foundation", "src/platform/time.ts", "node:fs"],
  ["pure-libraries", "src/skills/u5.rules.ts", "node:fs"],
  ["pure-libraries", "src/skills/u6.policy.ts", "ordinary"],
  ["pure-hashing", "src/skills/u7.rules.ts", "node:crypto"],
  [null, "src/question-bank/question.rules.ts", "node:crypto"],
  [null, "src/skills/u8.actions.ts", "node:crypto"],
  ["gift-in-one-place", "src/question-bank/u9.actions.ts", "gift-pegjs"],
  [null, "src/question-bank/gift.rules.ts", "gift-pegjs"],

  ["no-barrel", "src/skills/n1.actions.ts", "src/skills/c39.actions.ts", "onward"],
  ["no-index", "src/skills/n2.actions.ts", "src/platform/db/index.ts"],
  ["no-cycle", "src/platform/n3.ts", "src/platform/n4.ts", "as a type"],
  ["resolvable", "src/platform/n5.ts", "./nowhere"],
  ["no-tool-at-run-time", "src/platform/n6.ts", "tool"],
  ["no-tool-at-run-time", "src/platform/n7.ts", "undeclared"],
];

/** The way back of the cycle above: the cruiser names a cycle once. */
const WAY_BACK: Import = [null, "src/platform/n4.ts", "src/platform/n3.ts", "as a type"];

const PACKAGES = { dependencies: ["ordinary", "gift-pegjs"], devDependencies: ["tool"], none: ["undeclared"] };

const isFile = (name: string): boolean => name.endsWith(".ts");

function line([, from, to, written = "as a value"]: Import, index: number): string {
  const path = isFile(to) ? `./${relative(dirname(from), to).replace(/\.ts$/, "")}` : to;
  const statement = {
    "as a value": `import { made as made${index} } from "${path}";\nexport const used${index} = made${index};\n`,
    "as a type": `import type { Made as Made${index} } from "${path}";\nexport type Used${index} = Made${index};\n`,
    onward: `export { made as onward${index} } from "${path}";\n`,
  };
  return statement[written];
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** A tree in a temporary directory that holds the imports, every imported file, and the packages. */
async function treeOf(imports: readonly Import[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "assay-imports-"));
  const files = new Map<string, string>();
  for (const [, from, to] of imports)
    for (const path of [from, to]) if (isFile(path)) files.set(path, "export const made = 1;\nexport type Made = 1;\n");
  imports.forEach((each, index) => {
    files.set(each[1], line(each, index) + files.get(each[1]));
  });
  for (const [path, text] of files) await write(join(directory, path), text);
  for (const name of Object.values(PACKAGES).flat()) {
    await write(join(directory, "node_modules", name, "package.json"), JSON.stringify({ name, main: "main.js" }));
    await write(join(directory, "node_modules", name, "main.js"), "exports.made = 1;\n");
  }
  const listed = (names: string[]) => Object.fromEntries(names.map((name) => [name, "1.0.0"]));
  const { dependencies, devDependencies } = PACKAGES;
  const manifest = { dependencies: listed(dependencies), devDependencies: listed(devDependencies) };
  await write(join(directory, "package.json"), JSON.stringify(manifest));
  return directory;
}

describe("import rules", () => {
  const config = jest.requireActual<{ forbidden: { name: string }[] }>("../../.dependency-cruiser.cjs");
  let tree: string;
  let found: Set<string>;

  beforeAll(async () => {
    tree = await treeOf([...IMPORTS, WAY_BACK]);
    const read = await violations(tree, "src", "migrations");
    found = new Set(read.map(({ rule, from, to }) => `${rule.name}: ${from} > ${to}`));
  });

  afterAll(() => rm(tree, { recursive: true, force: true }));

  const named = (from: string, to: string) =>
    [...found].filter((each) => {
      const [, source, target] = /^[\w-]+: (\S+) > (\S+)$/.exec(each) ?? [];
      const wanted = to.replace(/^node:/, "");
      const same = isFile(to) || to.startsWith(".") ? target === to : target?.includes(wanted);
      return source === from && same;
    });

  const forbidden = IMPORTS.filter(([rule]) => rule !== null);

  test.each(forbidden.map(([rule, from, to, written = "as a value"]) => [rule, from, to, written]))(
    "%s: %s may not import %s %s",
    (rule, from, to) => {
      expect(named(from!, to!).map((each) => each.replace(/:.*/, ""))).toContain(rule);
    },
  );

  test.each(IMPORTS.filter(([rule]) => rule === null).map(([, from, to]) => [from, to]))(
    "%s may import %s",
    (from, to) => {
      expect(named(from, to)).toEqual([]);
    },
  );

  test("nothing else is found at fault", () => {
    const sources = [...found].map((each) => each.replace(/^.*?: (\S+) > .*$/, "$1"));
    expect(new Set(sources)).toEqual(new Set(forbidden.map(([, from]) => from)));
  });

  test("every rule has an import that breaks it", () => {
    const broken = new Set(IMPORTS.map(([rule]) => rule));
    expect(config.forbidden.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });

  test("the house keeps them", async () => {
    const read = await violations(ROOT, "src", "migrations", "ormconfig.ts");
    expect(read.map(({ rule, from, to }) => `${rule.name}: ${from} > ${to}`)).toEqual([]);
  });
});

const SUFFIXES = ["rules", "policy", "entity", "relations", "type", "input", "section", "actions", "resolver", "jobs"];
const ROOT_FILES = ["main.ts", "server.ts", "slices.ts", "work.ts"];

/** What is wrong with the place or the name of a file under src, or null. */
function misplaced(path: string): string | null {
  const [folder, ...rest] = path.split("/");
  if (rest.length === 0) return ROOT_FILES.includes(path) ? null : "the top of src holds the program and nothing else";
  if (folder === "platform" || folder === "sandboxes") return null;
  if (folder !== "demo" && !slices.some(({ name }) => name === folder)) return "src/slices.ts lists no such slice";
  if (!path.endsWith(".ts")) return null;
  if (/(^|[/.-])(utils?|helpers?|manager|service|impl|base|common|shared|misc)([.-]|\/|$)/.test(path))
    return "the name says no noun";
  if (rest.length === 1 && rest[0] === "slice.ts") return null;
  const [, suffix] = /\/[a-z0-9-]+\.([a-z]+)\.ts$/.exec(path) ?? [];
  return suffix && SUFFIXES.includes(suffix) ? null : "it is no noun in kebab-case with one of the suffixes";
}

async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

describe("places and names", () => {
  test.each([
    ["somewhere/a.rules.ts", "src/slices.ts lists no such slice"],
    ["skills/skill.ts", "it is no noun in kebab-case with one of the suffixes"],
    ["skills/skill.service.ts", "the name says no noun"],
    ["skills/skill-utils.rules.ts", "the name says no noun"],
    ["skills/RoleProfile.entity.ts", "it is no noun in kebab-case with one of the suffixes"],
    ["skills/deep/slice.ts", "it is no noun in kebab-case with one of the suffixes"],
    ["helper.ts", "the top of src holds the program and nothing else"],
    ["skills/slice.ts", null],
    ["skills/role-profile.entity.ts", null],
    ["skills/README.md", null],
    ["platform/db/tx.ts", null],
  ])("%s: %s", (path, fault) => expect(misplaced(path)).toBe(fault));

  test("every file of the source stands where its folder and suffix say", async () => {
    const files = await filesUnder(join(ROOT, "src"));
    expect(files.length).toBeGreaterThan(100);
    expect(files.map((path) => [path, misplaced(path)]).filter(([, fault]) => fault)).toEqual([]);
  });

  test("every slice of src/slices.ts carries the name of its folder", async () => {
    const folders = (await readdir(join(ROOT, "src"), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const others = ["platform", "sandboxes", "demo"];
    expect(slices.map(({ name }) => name).sort()).toEqual(folders.filter((name) => !others.includes(name)).sort());
  });
});

/** What only one file may do, by how it is written. */
const PLACES: readonly { what: string; written: RegExp; only: string }[] = [
  {
    what: "the environment is read",
    written: /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\s*\[|\benv\b.*["']node:process/,
    only: "main.ts",
  },
  {
    what: "the clock is read",
    written:
      /\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\(\s*[^\s)])|(?<!new\s+)\bDate\s*\(|\bperformance\s*\.\s*now\b|\bhrtime\b/,
    only: "platform/time.ts",
  },
];

describe.each(PLACES)("$what in src/$only alone", ({ written, only }) => {
  test("nowhere else", async () => {
    const files = (await filesUnder(join(ROOT, "src"))).filter((path) => path.endsWith(".ts"));
    const texts = await Promise.all(files.map(async (path) => readFile(join(ROOT, "src", path), "utf8")));
    expect(files.filter((_, index) => written.test(texts[index]!))).toEqual([only]);
  });
});

test.each([
  [0, "const port = process.env.PORT;", true],
  [0, "const { PORT } = process.env;", true],
  [0, 'const port = process["env"].PORT;', true],
  [0, 'import { env } from "node:process";', true],
  [0, "const { pid } = process;", false],
  [1, "const now = Date.now();", true],
  [1, "const now = new Date();", true],
  [1, "const now = new Date;", true],
  [1, "const text = Date();", true],
  [1, "const clock = Date.now;", true],
  [1, "const later = new Date(now.getTime() + HOUR);", false],
  [1, "function at(now: Date): string {", false],
  [1, "@Field(() => Date, { description })", false],
])("place %i hears of `%s`: %s", (place, text, expected) => expect(PLACES[place]!.written.test(text)).toBe(expected));
