import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverAccount, spawnOptions } from "../../src/platform/db/embedded-places";

const PLACE = "/usr/lib/postgresql";

/** The newest one of Debian's, with all of its programs. @throws Error where there is none: these tests do not skip */
export function programs(): string {
  const versions = existsSync(PLACE) ? readdirSync(PLACE) : [];
  const places = versions
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(PLACE, version, "bin"));
  const found = places.find((place) =>
    ["postgres", "pg_basebackup", "pg_dump"].every((each) => existsSync(join(place, each))),
  );
  if (!found) throw new Error(`There is no PostgreSQL with pg_basebackup under ${PLACE}: apt-get install postgresql`);
  return found;
}

/** Undefined stands for ourselves. */
export const account = serverAccount();

/** Runs one of PostgreSQL's programs, as the account that owns the clusters. What it prints. */
export async function postgresProgram(name: string, ...words: string[]): Promise<string> {
  const options = { ...spawnOptions(account), maxBuffer: 2 ** 28 };
  return (await promisify(execFile)(join(programs(), name), words, options)).stdout;
}

/** A folder of the account that runs PostgreSQL, removed at the end. */
export function serverFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-pg-"));
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}
