import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tx } from "../platform/db/tx";
import { type Batch, batchesOf } from "./bank-file.actions";
import { bringIn } from "./import.actions";

const FOLDER = join(__dirname, "starter");

let files: Promise<Batch[][]> | undefined;

/** The files of the starter bank, in the order of their names. Read once: they come with the server. */
function starterFiles(): Promise<Batch[][]> {
  files ??= Promise.all(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map((name) => batchesOf("YAML", readFileSync(join(FOLDER, name), "utf8"), { bankId: null, skills: [] })),
  );
  return files;
}

/** Copies the starter bank into a new organisation, as an import would. @throws Error (a defect) when an item is refused */
export async function copyStarterBank(tx: Tx): Promise<void> {
  for (const batches of await starterFiles()) {
    const items = await bringIn({ tx, publish: true, written: new Set(), advance: () => undefined }, batches);
    const odd = items.find(({ outcome }) => outcome !== "CREATED");
    if (odd)
      throw new Error(`The starter bank, ${odd.section} ${odd.key}: ${odd.outcome} ${JSON.stringify(odd.faults)}`);
  }
}
