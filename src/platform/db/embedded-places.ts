import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Who runs the server when that is not ourselves: PostgreSQL refuses root. Undefined stands for ourselves. */
export interface Account {
  uid: number;
  gid: number;
}

/** In order of preference; macOS writes the first one as `_postgres`. */
const ACCOUNTS = ["postgres", "_postgres", "nobody"];

/** May be entered by every account, unlike a checkout under /root. Hosts clean it of old files. */
export const SHARED_PLACE = "/var/tmp";

/** As above for what must not be cleaned away; only root, who alone needs it, may make places there. */
const LASTING_PLACE = existsSync("/var/lib") ? "/var/lib" : SHARED_PLACE;

/** Bytes of a socket's path that fit everywhere: sun_path holds 104 on macOS and 108 on Linux, with a closing zero. */
const LONGEST_SOCKET_PATH = 103;

export const SOCKET_FILE = ".s.PGSQL.5432";

/** Our secrets live in the environment, so the server gets one of its own. LC_ALL=C keeps its messages in English. */
export function spawnOptions(account: Account | undefined) {
  return { ...account, cwd: "/", env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } };
}

/** Undefined for an ordinary user, who runs the server as themselves. */
export function serverAccount(): Account | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ACCOUNTS) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody` to run it as.");
}

/** Throws unless the path is a real directory of one of these users: in a shared place a stranger may come first. */
export function mustBelongTo(path: string, owners: number[]): void {
  const found = lstatSync(path);
  if (!found.isDirectory()) throw new Error(`${path} is not a directory. Move it away and try again.`);
  if (owners.includes(found.uid)) return;
  throw new Error(
    `${path} belongs to another user (uid ${found.uid}), so it is not used. Run as that user, or move it away.`,
  );
}

/** Makes the directory, or takes over an earlier one of ours, and gives it to the account. */
export function claimDirectory(path: string, mode: number, account?: Account): string {
  try {
    mkdirSync(path, { mode });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
  }
  const ourselves = process.geteuid!();
  mustBelongTo(path, [ourselves, account?.uid ?? ourselves]);
  if (account) chownSync(path, account.uid, account.gid);
  chmodSync(path, mode);
  return path;
}

function canEnter(path: string, account: Account | undefined): boolean {
  const asked = spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], spawnOptions(account));
  if (asked.error) throw new Error(`Cannot run PostgreSQL as uid ${account?.uid}: ${asked.error.message}`);
  return asked.status === 0;
}

/** Short, since it ends in a socket's path. */
function placeName(directory: string): string {
  return `assay-${createHash("sha256").update(directory).digest("hex").slice(0, 10)}`;
}

/**
 * The directory that holds the cluster: the given one, or a shared place when the account cannot enter it.
 * Once moved, it stays moved: the note that tells people where decides it, too.
 */
export function clusterHome(directory: string, account: Account | undefined): string {
  const note = join(directory, "postgres-is-elsewhere.txt");
  if (!account || (!existsSync(note) && canEnter(directory, account))) return directory;
  const home = claimDirectory(join(LASTING_PLACE, placeName(directory)), 0o755);
  writeFileSync(
    note,
    `The database lies in ${home}: uid ${account.uid}, which runs it, could not enter this directory.\n`,
  );
  return home;
}

/** Only its owner may enter: that is the whole authentication, so a stranger's directory is refused. */
export function socketDirectory(directory: string, account: Account | undefined): string {
  const name = placeName(directory);
  const fits = (place: string) => Buffer.byteLength(join(place, name, SOCKET_FILE)) <= LONGEST_SOCKET_PATH;
  const place = fits(tmpdir()) && canEnter(tmpdir(), account) ? tmpdir() : "/tmp";
  return claimDirectory(join(place, name), 0o700, account);
}
