/**
 * The import rules of the house. What a slice is, and in which order slices stand, is read from src/slices.ts alone.
 * Each rule has a case in test/guards/architecture.test.ts that breaks it.
 */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const slices = sliceFolders(readFileSync(join(__dirname, "src", "slices.ts"), "utf8"));
const slice = `^src/(${slices.join("|")})/`;
/** A slice, or the demo organisation, which is made like one and may use all of them. */
const home = `^src/(${[...slices, "demo"].join("|")})/`;

/**
 * Suffix -> suffixes that it may import from its own slice, and from the slices before it. `platform` comes on top for
 * all but rules and policies. A suffix in parentheses may be imported as a type only.
 */
const SUFFIXES = {
  rules: { own: ["rules"], upstream: ["rules"] },
  policy: { own: ["rules"], upstream: ["rules"] },
  entity: { own: ["(rules)"], upstream: ["(rules)"] },
  relations: { own: ["rules", "policy", "entity", "relations"], upstream: ["rules", "entity", "relations"] },
  type: { own: ["rules", "type", "(entity)"], upstream: ["rules", "type"] },
  input: { own: ["rules", "type", "input", "(entity)"], upstream: ["rules", "type"] },
  section: {
    own: ["rules", "policy", "entity", "actions", "section"],
    upstream: ["rules", "policy", "entity", "actions"],
  },
  actions: {
    own: ["rules", "policy", "entity", "relations", "type", "input", "actions", "section"],
    upstream: ["rules", "policy", "entity", "relations", "type", "input", "actions"],
  },
  resolver: {
    own: ["rules", "policy", "entity", "relations", "type", "input", "actions"],
    upstream: ["rules", "policy", "entity", "relations", "type", "input", "actions"],
  },
  jobs: { own: ["rules", "actions"], upstream: ["rules", "actions"] },
};

const pure = String.raw`\.(rules|policy)\.ts$`;
const ending = (suffixes) => (suffixes.length > 0 ? String.raw`\.(${suffixes.join("|")})\.ts$` : "^$");

/** The folder names of the array, in its order. */
function sliceFolders(text) {
  const folders = new Map(
    [...text.matchAll(/import \{ (\w+) \} from "\.\/([\w-]+)\/slice"/g)].map(([, name, folder]) => [name, folder]),
  );
  const [, list] = /slices: readonly Slice\[\] = \[([^\]]*)\]/.exec(text);
  const found = list.match(/\w+/g).map((name) => folders.get(name));
  if (found.length === 0 || found.includes(undefined)) throw new Error("src/slices.ts has another form than expected");
  return found;
}

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** Two rules for a suffix and a side of the slice's border: what may not be imported, and what only as a type. */
function bordered(suffix, side, allowed) {
  const from = { path: `${home}.*${ending([suffix])}` };
  const beyond = side === "own" ? { path: "^src/$1/" } : { path: slice, pathNot: "^src/$1/" };
  const asType = allowed.filter((each) => each.startsWith("(")).map((each) => each.slice(1, -1));
  const asValue = allowed.filter((each) => !each.startsWith("("));
  const except = (suffixes) => [beyond.pathNot, ending(suffixes)].filter(Boolean);
  return [
    rule(
      `${suffix}-${side}`,
      `.${suffix}.ts imports from ${side === "own" ? "its slice" : "other slices"} ${allowed.join(", ")}.`,
      from,
      { path: beyond.path, pathNot: except([...asValue, ...asType]) },
    ),
    ...asType.map((each) =>
      rule(`${suffix}-${side}-${each}-as-type`, `.${suffix}.ts imports .${each}.ts as a type only.`, from, {
        path: `${beyond.path}.*${ending([each])}`,
        ...(beyond.pathNot ? { pathNot: beyond.pathNot } : {}),
        dependencyTypesNot: ["type-only"],
      }),
    ),
  ];
}

module.exports = {
  forbidden: [
    rule(
      "platform-knows-no-slice",
      "The platform knows no domain.",
      { path: "^src/platform/" },
      {
        path: "^src/",
        pathNot: "^src/platform/",
      },
    ),
    rule(
      "sandboxes-know-no-slice",
      "Engines know what they run, not whom they assess.",
      { path: "^src/sandboxes/" },
      {
        path: "^src/",
        pathNot: "^src/(sandboxes|platform)/",
      },
    ),
    ...slices.slice(0, -1).map((each, index) =>
      rule(
        "slice-order",
        `${each} comes before these in src/slices.ts.`,
        { path: `^src/${each}/` },
        {
          path: `^src/(${slices.slice(index + 1).join("|")})/`,
        },
      ),
    ),
    rule(
      "demo-is-a-leaf",
      "Only the program itself brings the demo organisation in.",
      {
        pathNot: String.raw`^src/(demo/|main\.ts$)`,
      },
      { path: "^src/demo/" },
    ),
    rule(
      "manifests-are-listed",
      "A manifest is imported by src/slices.ts alone.",
      { pathNot: String.raw`^src/slices\.ts$` },
      {
        path: String.raw`${home}slice\.ts$`,
      },
    ),
    rule(
      "manifest-own",
      "A manifest names its own relations, resolvers, types, sections, actions and jobs, who may use them, and whom its texts are about.",
      {
        path: String.raw`${slice}slice\.ts$`,
      },
      {
        path: "^src/",
        pathNot: [
          String.raw`^src/$1/(.*\.(relations|resolver|type|section|actions|jobs)|(grant|personal-data)\.rules)\.ts$`,
          "^src/platform/",
        ],
      },
    ),
    rule(
      "root-order",
      "src/slices.ts lists manifests and does nothing else.",
      { path: String.raw`^src/slices\.ts$` },
      {
        path: "^src/",
        pathNot: String.raw`^src/platform/slice\.ts$|${slice}slice\.ts$`,
      },
    ),
    rule(
      "root-acts",
      "The program uses slices through their actions.",
      { path: String.raw`^src/(main|server)\.ts$` },
      {
        path: home,
        pathNot: ending(["actions"]),
      },
    ),
    rule(
      "root-is-the-top",
      "Nothing below imports the program.",
      { path: "^src/[^/]+/" },
      {
        path: String.raw`^src/[^/]+\.ts$`,
      },
    ),
    rule(
      "source-stands-alone",
      "The source imports no test, page, bench or migration; main.ts alone the data source.",
      {
        path: "^src/",
        pathNot: String.raw`^src/main\.ts$`,
      },
      { path: String.raw`^(test|web|bench|docs|migrations)/|^ormconfig\.ts$` },
    ),
    rule(
      "migrations-stay",
      "A migration outlives the code of today: only the wall is shared.",
      { path: "^migrations/" },
      {
        path: "^(src|test|migrations)/",
        pathNot: String.raw`^src/platform/db/wall\.ts$`,
      },
    ),

    ...Object.entries(SUFFIXES).flatMap(([suffix, { own, upstream }]) => [
      ...bordered(suffix, "own", own),
      ...bordered(suffix, "upstream", upstream),
    ]),

    rule(
      "pure-platform",
      "Rules and policies know errors and time, and no other part of the platform.",
      { path: pure },
      {
        path: "^src/platform/",
        pathNot: String.raw`^src/platform/(errors|time)\.ts$`,
      },
    ),
    rule(
      "pure-foundation",
      "What rules may know is pure itself.",
      { path: String.raw`^src/platform/(errors|time)\.ts$` },
      {},
    ),
    rule(
      "pure-libraries",
      "Rules and policies read and write nothing outside: hashing and GIFT's grammar are the exceptions.",
      {
        path: pure,
      },
      { pathNot: "^src/|^(node:)?crypto$|^node_modules/gift-pegjs/" },
    ),
    rule(
      "pure-hashing",
      "One rule makes checksums.",
      {
        path: pure,
        pathNot: String.raw`^src/question-bank/question\.rules\.ts$`,
      },
      { path: "^(node:)?crypto$" },
    ),
    rule(
      "gift-in-one-place",
      "GIFT's parser stays behind the rules that know its traps.",
      {
        pathNot: String.raw`^src/question-bank/gift(-content)?\.rules\.ts$|^node_modules/`,
      },
      { path: "^node_modules/gift-pegjs/" },
    ),

    rule(
      "no-barrel",
      "Import from where it is written.",
      { path: "^(src|migrations)/" },
      { dependencyTypes: ["export"] },
    ),
    rule(
      "no-index",
      "A file is named after what it holds.",
      {},
      { path: String.raw`^(src|migrations)/.*\bindex\.[cm]?[jt]sx?$` },
    ),
    rule(
      "no-cycle",
      "Types count: a cycle of types is a cycle of thoughts.",
      { path: "^(src|migrations)/" },
      { circular: true },
    ),
    rule("resolvable", "Every import is there.", {}, { couldNotResolve: true }),
    rule(
      "no-tool-at-run-time",
      "The server runs without development dependencies.",
      { path: "^(src|migrations)/" },
      {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        pathNot: "^node_modules/@types/",
      },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: join(__dirname, "tsconfig.json") },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
