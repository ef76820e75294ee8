/**
 * Reads rows with all that is wanted along: one statement, in which each level is a set of rows read for all rows of the
 * level above. What was read along hangs on its row, where relations find it.
 * @see docs/performance.md
 */
import type { Actor } from "../actor";
import { type Along, columnsOf, selected } from "./columns";
import type { Bind, Relation } from "./nouns";
import type { Reader } from "./reader";
import { keyOf, type Related, shareOf } from "./related";
import type { OrganizationRow } from "./row";
import { idsIn, type RowsSql, relatedRows } from "./rows-sql";
import { type Added, type Span, spanKey } from "./span";
import type { ViewerDb } from "./viewer-db";
import type { Branch, Wanted } from "./wanted";
import { readTogether, readWritten } from "./writing";

/** What hangs on more than these is read by itself, when it is asked for. */
export const MOST_LEVELS = 40;

interface Level {
  /** Of the common table expression. */
  readonly name: string;
  readonly columns: readonly Added[];
  readonly text: string;
  /** Null for the root. */
  readonly branch: Branch | null;
  /** Place of the level above. */
  readonly above: number;
}

/** The rows, with what is wanted along hanging on them. */
export async function readTree(
  db: ViewerDb<Actor>,
  rows: RowsSql,
  wanted: Wanted,
  bound: { values: readonly unknown[]; bind: Bind },
): Promise<OrganizationRow[]> {
  const { values, bind } = bound;
  const isTogether = wanted.together && rows.page?.fromEnd === false;
  if (wanted.writing) return (isTogether ? readTogether : readWritten)(db, rows, wanted.writing, bound);
  if (wanted.branches.length === 0) return db.all(rows.text(selected(columnsOf(db, rows, alongOf(wanted)))), values);
  const levels = levelsOf(db, rows, wanted, bind);
  const [answer] = await db.all<Record<string, unknown[][] | null>>(statementOf(levels), values);
  return assembled(levels, (name) => answer![name] ?? []);
}

const alongOf = ({ columns, branches }: Wanted): Along => ({
  columns,
  relations: branches.map(({ relation }) => relation),
});

/** Each level after the one that it hangs on. */
function levelsOf(reader: Reader, root: RowsSql, wanted: Wanted, bind: Bind): Level[] {
  const levels: Level[] = [];
  const add = (rows: RowsSql, { branch, above }: Pick<Level, "branch" | "above">, beneath: Wanted): void => {
    const here = levels.length;
    const columns = columnsOf(reader, rows, alongOf(beneath));
    levels.push({ name: `l${here}`, columns, text: rows.text(selected(columns)), branch, above });
    for (const each of beneath.branches) {
      // Before anything is bound: a value that stands nowhere would be refused.
      if (levels.length === MOST_LEVELS) return;
      const { relation, span } = each;
      const ids = idsIn(`l${here}`, relation);
      add(relatedRows(reader, relation, ids, bind, span), { branch: each, above: here }, each.wanted);
    }
  };
  add(root, { branch: null, above: -1 }, wanted);
  return levels;
}

function statementOf(levels: readonly Level[]): string {
  const tables = levels.map(({ name, text }) => `${name} as (${text})`);
  const answers = levels.map(({ name, columns }) => {
    const cells = columns.map(({ as, type }) => `r."${as}"${type === "bigint" ? "::text" : ""}`);
    return `(select json_agg(json_build_array(${cells.join(", ")})) from ${name} r) as ${name}`;
  });
  return `with ${tables.join(",\n")}\nselect ${answers.join(",\n")}`;
}

/** Hangs each level's rows on those of the level above. Answers with the root's. */
function assembled(levels: readonly Level[], cellsOf: (name: string) => unknown[][]): OrganizationRow[] {
  const read = levels.map(({ name, columns }) => rowsOf(columns, cellsOf(name)));
  levels.forEach(({ branch, above }, place) => {
    if (branch) hang(read[above]!, branch, read[place]!);
  });
  return read[0]!;
}

/** As pg would have made them. */
function rowsOf(columns: readonly Added[], cells: unknown[][]): OrganizationRow[] {
  const instants = columns.flatMap(({ type }, place) => (type === "timestamptz" ? [place] : []));
  const names = columns.map(({ as }) => as);
  return cells.map((values) => {
    for (const place of instants) values[place] = instantOf(values[place] as string | null);
    const row: Record<string, unknown> = {};
    for (let place = 0; place < names.length; place++) row[names[place]!] = values[place];
    return row as never;
  });
}

function instantOf(text: string | null): Date | number | null {
  if (text === null) return null;
  if (text.endsWith("infinity")) return text === "infinity" ? Infinity : -Infinity;
  return new Date(text);
}

type Laden = Record<symbol, unknown>;

function hang(parents: readonly OrganizationRow[], { relation, span }: Branch, rows: readonly OrganizationRow[]): void {
  const share = shareOf(rows, relation, span);
  const key = span && spanKey(span);
  for (const parent of parents) {
    const own = keyOf(relation, parent);
    const related = own === null ? null : share(own);
    const laden = parent as unknown as Laden;
    laden[relation.along] = key ? { ...(laden[relation.along] as object), [key]: related } : related;
  }
}

/** What was read along with the parent; undefined where it was not. */
export function readAlong(parent: OrganizationRow, { along }: Relation, span: Span | null = null): Related | undefined {
  const found = (parent as unknown as Laden)[along];
  return (span ? (found as Record<string, Related> | undefined)?.[spanKey(span)] : found) as Related | undefined;
}
