/** How a file of questions is written. */
export type BankFormat = "YAML" | "GIFT" | "AIKEN" | "CSV";

/** What an export can be written as. */
export type ExportFormat = "YAML" | "CSV";

export type ImportState = "RUNNING" | "DONE" | "FAILED";

/** In UTF-8. The readers of the other formats take longer. */
export const LARGEST_FILE_BYTES: Readonly<Record<BankFormat, number>> = {
  YAML: 4_000_000,
  GIFT: 1_000_000,
  AIKEN: 1_000_000,
  CSV: 4_000_000,
};

/** Items of one file. */
export const MOST_ITEMS = 10_000;

/** Without a sign of life for so long, an import has ended with its server. */
const SILENCE_MILLISECONDS = 120_000;

interface Progress {
  state: ImportState;
  updatedAt: Date;
}

/** The state at an instant: nobody is left to write down that a server was killed. */
export const importStateAt = ({ state, updatedAt }: Progress, now: Date): ImportState =>
  state === "RUNNING" && now.getTime() - updatedAt.getTime() > SILENCE_MILLISECONDS ? "FAILED" : state;

/** The text without its byte order mark, and with `\n` alone at line ends. */
export const unifiedText = (text: string): string => text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");

/** The line of the first sign that the file was read in another encoding than its own; null: none. */
export function garbledLine(text: string): number | null {
  const at = text.search(/[\ufffd\0]/);
  return at < 0 ? null : text.slice(0, at).split("\n").length;
}

export interface OutcomeCounts {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  ignored: number;
}

export function countsOf(items: readonly { outcome: Uppercase<keyof OutcomeCounts> }[]): OutcomeCounts {
  const counts: OutcomeCounts = { created: 0, updated: 0, unchanged: 0, refused: 0, ignored: 0 };
  for (const { outcome } of items) counts[outcome.toLowerCase() as keyof OutcomeCounts] += 1;
  return counts;
}
