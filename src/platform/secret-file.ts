import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** The secret in the file, made at first use and readable by its owner alone. Two makers at once agree on one. */
export async function secretIn(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const made = randomBytes(32).toString("base64url");
  await writeFile(path, made, { mode: 0o600, flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return (await readFile(path, "utf8")).trim();
}
