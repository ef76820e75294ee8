import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { type Company, company } from "../cast/company";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { ROOT } from "./page";

jest.setTimeout(120_000);

const FOLDER = join(ROOT, "docs", "examples");
const CLIENT = join(FOLDER, "typed-client.ts");
const TYPES = join(FOLDER, "assay-types.d.ts");
const source = readFileSync(CLIENT, "utf8");

const COMMAND = join(ROOT, "node_modules", "gql.tada", "bin", "cli.js");

let made: string;
let types: string;
let options: ts.CompilerOptions;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "assay-types-"));
  const output = join(made, "assay-types.d.ts");
  execFileSync(process.execPath, [COMMAND, "generate-output", "--output", output], { cwd: FOLDER });
  types = readFileSync(output, "utf8");
  const { config } = ts.readConfigFile(join(FOLDER, "tsconfig.json"), ts.sys.readFile);
  options = ts.parseJsonConfigFileContent(config, ts.sys, FOLDER).options;
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

/** Files of libraries, parsed once for all programs of the test. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript says against the client with this text, beside the types that were just made from the schema. */
function complaints(text: string): string[] {
  const host = ts.createCompilerHost(options);
  const own = new Map([
    [CLIENT, text],
    [TYPES, types],
  ]);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (path) => own.has(resolve(path)) || fileExists(path);
  host.readFile = (path) => own.get(resolve(path)) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const ownText = own.get(resolve(path));
    if (ownText !== undefined) return ts.createSourceFile(path, ownText, version);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version));
    return parsed.get(path);
  };
  const program = ts.createProgram([CLIENT], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test("the client compiles against the schema", () => {
  expect(complaints(source)).toEqual([]);
});

/** The client with texts in others' places. */
function changed(changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, source);
}

test("what is misspelt of an answer, and of the variables, does not compile", () => {
  const text = changed({
    "candidates.pageInfo.hasNextPage": "candidates.pageInfo.hasMore",
    "{ since, after }": "{ since, behind: after }",
  });
  expect(complaints(text)).toEqual([expect.stringContaining("'behind'"), expect.stringContaining("'hasMore'")]);
});

test("what is misspelt in an operation is found by `gql-tada check`", () => {
  const folder = join(made, "docs", "examples");
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(made, "schema"));
  symlinkSync(join(ROOT, "node_modules"), join(made, "node_modules"));
  copyFileSync(join(ROOT, "schema", "schema.graphql"), join(made, "schema", "schema.graphql"));
  copyFileSync(join(FOLDER, "tsconfig.json"), join(folder, "tsconfig.json"));
  writeFileSync(join(folder, "assay-types.d.ts"), types);
  const check = (text: string) => {
    writeFileSync(join(folder, "typed-client.ts"), text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "check"], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, said: `${stdout}${stderr}` };
  };
  expect(check(source)).toMatchObject({ status: 0 });
  const { status, said } = check(
    changed({ "outcome candidate": "outcom candidate", "after: $after, filter": "aftr: $after, filter" }),
  );
  expect(status).toBe(1);
  expect(said).toContain('Cannot query field "outcom"');
  expect(said).toContain('Unknown argument "aftr"');
});

interface Client {
  push(server: object, system: string, items: object[], once: string): Promise<{ outcome: string; candidate: Named }[]>;
  changedSince(server: object, since: string): AsyncIterable<Named>;
}

interface Named {
  id: string;
  name: string;
}

describe("the client", () => {
  /** Loaded past the compiler: the types that it imports are made above. */
  const { push, changedSince } = require(CLIENT) as Client;
  let api: Api;
  let own: Company;
  let server: { url: string; key: string };

  beforeAll(async () => {
    api = await startApi();
    own = await company(api.database);
    server = { url: `${api.url}/graphql`, key: (await keyWith(own, ["candidates:write"])).secret };
  });

  afterAll(() => api.close());

  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ externalId: `C-${index}`, name: `Candidate ${index}` }));

  test("pushes candidates, and a repeat is not done again", async () => {
    const first = await push(server, "acme-ats", items(3), "once-1");
    expect(first.map(({ outcome }) => outcome)).toEqual(["CREATED", "CREATED", "CREATED"]);
    expect(await push(server, "acme-ats", items(3), "once-1")).toEqual(first);
    const again = await push(server, "acme-ats", items(3), "once-2");
    expect(again.map(({ outcome }) => outcome)).toEqual(["UNCHANGED", "UNCHANGED", "UNCHANGED"]);
  });

  test("reads all that was changed, over pages", async () => {
    const since = new Date().toISOString();
    const sent = await push(server, "acme-ats", items(120), "once-3");
    const read = new Map<string, string>();
    for await (const { id, name } of changedSince(server, since)) read.set(id, name);
    expect([...read.keys()]).toEqual(expect.arrayContaining(sent.map(({ candidate }) => candidate.id)));
  });

  test("says what is wrong with a call", async () => {
    await expect(push(server, "Not a slug", items(1), "once-4")).rejects.toThrow("BAD_INPUT");
    await expect(push({ ...server, key: "nonsense" }, "acme-ats", items(1), "once-5")).rejects.toThrow();
  });
});
