import type { Reader } from "./db/reader";
import type { Tx } from "./db/tx";

/** CANDIDATE: about a candidate, erased with them. MEMBER: of somebody who works here. NONE: about nobody. */
export type About = "CANDIDATE" | "MEMBER" | "NONE";

/** A slice's part in what is known of a candidate. */
export interface PersonalData {
  /** Entity -> text column -> whom it is about. Every column that can hold text is listed; a guard compares. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, About>>>>;
  /** SQL of the rows about candidates: `candidate_id`, `id`, and `at`, when it last changed or what it plans ends. */
  readonly rows?: string;
  /** Everything that the slice knows of the candidate, for the candidate to read. */
  readonly export?: (reader: Reader, candidateId: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Clears what is about the candidate, and keeps what is not. The candidate has been claimed. */
  readonly erase?: (tx: Tx, candidateId: string) => Promise<void>;
}

const parts = new Map<string, PersonalData>();

/** Called once per manifest. */
export function registerPersonalData(slice: string, part: PersonalData | undefined): void {
  if (part) parts.set(slice, part);
}

/** Rows of all slices about candidates, as an SQL query of `candidate_id`, `id` and `at`. */
export const candidateRowsSql = (): string =>
  [...parts.values()].flatMap(({ rows }) => (rows ? [`(${rows})`] : [])).join(" union all ");

/** What each slice knows of the candidate, by the slice's name. */
export async function exportedPersonalData(reader: Reader, candidateId: string): Promise<Record<string, unknown>> {
  const told: Record<string, unknown> = {};
  for (const [slice, part] of parts) if (part.export) told[slice] = await part.export(reader, candidateId);
  return told;
}

/**
 * Has each slice clear its part, in the transaction of whoever erases: the last slice first, which may ask the earlier
 * ones what there was. Texts that are written once are let go of for so long; triggers ask for the setting.
 */
export async function erasePersonalData(tx: Tx, candidateId: string): Promise<void> {
  await tx.all("select set_config('app.erasing', 'on', true)");
  for (const { erase } of [...parts.values()].reverse()) await erase?.(tx, candidateId);
  await tx.all("select set_config('app.erasing', 'off', true)");
}
