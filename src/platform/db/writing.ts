/**
 * Has PostgreSQL write rows as the JSON that is answered: each level of what hangs on them is a set of rows, written with
 * what hangs on those, from the innermost outwards.
 * @see docs/performance.md
 */
import type { Actor } from "../actor";
import { columnsOf, selected } from "./columns";
import type { Bind, Relation } from "./nouns";
import type { OrganizationRow } from "./row";
import { hookOf, idsIn, LINKED_TO, type RowsSql, relatedRows } from "./rows-sql";
import type { ViewerDb } from "./viewer-db";

/** How rows of a noun are written: an object with these keys, in their order. */
export interface Writing {
  readonly keys: readonly WrittenKey[];
  /** Properties of which values are written. */
  readonly columns: readonly string[];
  readonly relations: readonly Relation[];
  /** Fields that the noun says in SQL. */
  readonly said: readonly string[];
}

export interface WrittenKey {
  readonly key: string;
  /** SQL over a row `r` that has the columns, or what is said; or what hangs on it. */
  readonly value: string | Hanging;
}

interface Hanging {
  readonly relation: Relation;
  readonly writing: Writing;
}

/** The value of a column, or of what is said, as SQL over a row `r`. */
export const columnOfRow = (property: string): string => `r."${property}"`;
export const saidOfRow = (field: string): string => `r."${saidAs(field)}"`;

const saidAs = (field: string): string => `said ${field}`;

/** A row of a root, and the JSON that it is answered with. */
export interface WrittenRow extends OrganizationRow {
  readonly written: string;
  /** How many rows its list has, where that was asked. */
  readonly total?: number;
}

/** A value cannot be written as it would be answered: the rows are to be read in another way. */
export class Unwritten extends Error {}

/** The rows, written. They carry their id, and what the list adds or needs. @throws Unwritten */
export async function readWritten(
  db: ViewerDb<Actor>,
  rows: RowsSql,
  writing: Writing,
  { values, bind }: Binding,
): Promise<WrittenRow[]> {
  const { from, json, tables } = rootOf({ db, bind, tables: [] }, rows, writing);
  const carried = ["id", ...rows.needed, ...rows.added.map(({ as }) => as)].map(columnOfRow);
  const cells = [...carried, ...totalOf(rows), `${json} as written`].join(", ");
  return whole(await db.all<WrittenRow>(`${tables}select ${cells} from ${from}`, values));
}

/**
 * The first rows of a page as one text, with commas between them. It stands where rows would, and is no more than its text.
 * @throws Unwritten
 */
export async function readTogether(
  db: ViewerDb<Actor>,
  rows: RowsSql,
  writing: Writing,
  { values, bind }: Binding,
): Promise<WrittenRow[]> {
  const { from, json, tables } = rootOf({ db, bind, tables: [] }, rows, writing);
  const each = `select ${json} as json from ${from} limit ${bind(rows.page!.size)}`;
  const written = "case when count(json) = count(*) then coalesce(string_agg(json, ','), '') end as written";
  const cells = [...totalOf(rows), written].join(", ");
  return whole(await db.all<WrittenRow>(`${tables}select ${cells} from (${each}) x`, values));
}

interface Binding {
  readonly values: readonly unknown[];
  readonly bind: Bind;
}

const totalOf = ({ total }: RowsSql): string[] => (total ? [`(${total}) as total`] : []);

/** @throws Unwritten */
function whole(rows: WrittenRow[]): WrittenRow[] {
  if (rows.some(({ written }) => written === null)) throw new Unwritten("a value that SQL writes in another way");
  return rows;
}

/** Of a row in its level: no property is called so. */
const PLACE = '"its place"';

interface Statement {
  readonly db: ViewerDb<Actor>;
  readonly bind: Bind;
  /** Common table expressions. */
  readonly tables: string[];
}

/** SQL over a row `r` of a level: its JSON, and the joins that it takes. */
interface Written {
  readonly json: string;
  readonly joins: string;
}

/** The rows in their order. Those on which nothing hangs are no set that others refer to. */
function rootOf(statement: Statement, rows: RowsSql, writing: Writing) {
  if (writing.relations.length === 0) {
    const { json } = objectOf(statement, "", writing);
    return { from: `(${rows.text(selectOf(statement, rows, writing))}) r`, json, tables: "" };
  }
  const hasOrder = rows.page !== undefined;
  const { name, json, joins } = levelOf(statement, rows, writing, hasOrder);
  const tables = `with ${statement.tables.join(",\n")}\n`;
  return { from: `${name} r ${joins}${hasOrder ? ` order by r.${PLACE}` : ""}`, json, tables };
}

/** `hasOrder`: whether it matters which of the rows comes first. */
function levelOf(statement: Statement, rows: RowsSql, writing: Writing, hasOrder: boolean): Written & { name: string } {
  const { tables } = statement;
  const name = `l${tables.length}`;
  const read = rows.text(selectOf(statement, rows, writing));
  tables.push(`${name} as (${hasOrder ? `select row_number() over () as ${PLACE}, x.* from (${read}) x` : read})`);
  return { name, ...objectOf(statement, name, writing) };
}

function objectOf(statement: Statement, level: string, { keys }: Writing): Written {
  let [json, joins] = ["'{", ""];
  keys.forEach(({ key, value }, place) => {
    const part = typeof value === "string" ? { json: value, joins: "" } : relatedOf(statement, level, value);
    json += `${place === 0 ? "" : " || ',"}"${key}":' || ${part.json}`;
    joins += part.joins;
  });
  return { json: keys.length === 0 ? "'{}'" : `${json} || '}'`, joins };
}

/** What is selected of rows for a writing, by what their list adds to them. */
const selects = new WeakMap<Writing, Map<string, string>>();

function selectOf({ db, bind }: Statement, rows: RowsSql, writing: Writing): string {
  const known = selects.get(writing) ?? new Map<string, string>();
  const key = [...rows.needed, ...rows.added.map(({ as }) => as)].join();
  const found = known.get(key) ?? selected(columnsOf(db, rows, writing));
  selects.set(writing, known.set(key, found));
  const said = writing.said.map((field) => {
    const sql = db.model.noun(rows.entity).said![field]!(db.occasion, bind);
    return `, ${sql} as "${saidAs(field)}"`;
  });
  return found + said.join("");
}

/** What a relation comes to for each row of the level above. */
function relatedOf(statement: Statement, above: string, { relation, writing }: Hanging): Written {
  const { db, bind, tables } = statement;
  const { kind, by, always } = relation;
  const ids = idsIn(above, relation);
  const isList = kind === "many" || kind === "through";
  const { name, json, joins } = levelOf(statement, relatedRows(db, relation, ids, bind, null), writing, isList);
  const found = `w${tables.length}`;
  const owner = { one: "id", first: by, many: by, through: LINKED_TO, pages: by }[kind];
  const place = isList ? `, r.${PLACE} as place` : "";
  const each = `select r."${owner}" as owner${place}, ${json} as json from ${name} r ${joins}`;
  // A list of which one row cannot be written cannot be written.
  const list = `select owner, case when count(json) = count(*) then '[' || string_agg(json, ',' order by place) || ']' end as json
    from (${each}) x group by owner`;
  tables.push(`${found} as (${isList ? list : each})`);
  const nothing = isList ? "'[]'" : always ? "null" : "'null'";
  return {
    json: `case when ${found}.owner is null then ${nothing} else ${found}.json end`,
    joins: ` left join ${found} on ${found}.owner = r."${hookOf(relation)}"`,
  };
}
