/**
 * Has PostgreSQL write rows as the JSON that is answered: each level of what hangs on them is a set of rows, written with
 * what hangs on those, from the innermost outwards.
 * @see docs/performance.md
 */
import type { Actor } from "../actor";
import { columnsOf, selected } from "./columns";
import type { Bind, Relation } from "./nouns";
import type { OrganizationRow } from "./row";
import { LINKED_TO, type RowsSql, relatedRows } from "./rows-sql";
import type { ViewerDb } from "./viewer-db";
import type { WrittenForm } from "./written-forms";

/** What is written of each row: its keys in their order. */
export interface Writing {
  readonly keys: readonly WrittenKey[];
}

interface Key {
  /** As a JSON string. */
  readonly key: string;
}

export type WrittenKey =
  | (Key & { readonly kind: "constant"; readonly json: string })
  | (Key & { readonly kind: "column"; readonly property: string; readonly form: WrittenForm })
  | (Key & { readonly kind: "said"; readonly field: string; readonly form: WrittenForm })
  | (Key & { readonly kind: "relation"; readonly relation: Relation; readonly writing: Writing });

/** A row of a root, and the JSON that it is answered with. */
export interface WrittenRow extends OrganizationRow {
  readonly written: string;
}

/** A value cannot be written as it would be answered: the rows are to be read in another way. */
export class Unwritten extends Error {}

/** The rows, written. They carry their id, and what the list adds or needs. @throws Unwritten */
export async function readWritten(
  db: ViewerDb<Actor>,
  rows: RowsSql,
  writing: Writing,
  { values, bind }: { values: readonly unknown[]; bind: Bind },
): Promise<WrittenRow[]> {
  const tables: string[] = [];
  const { json, joins } = levelOf({ db, bind, tables }, rows, writing);
  const carried = ["id", ...rows.needed, ...rows.added.map(({ as }) => as)].map((as) => `r."${as}"`);
  const text = `with ${tables.join(",\n")}\nselect ${carried.join(", ")}, ${json} as "written" from l0 r ${joins} order by r.${PLACE}`;
  const read = await db.all<WrittenRow>(text, values);
  if (read.some(({ written }) => written === null)) throw new Unwritten("a value that SQL writes in another way");
  return read;
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

function levelOf(statement: Statement, rows: RowsSql, { keys }: Writing): Written & { name: string } {
  const { db, bind, tables } = statement;
  const name = `l${tables.length}`;
  const properties = keys.flatMap((each) => (each.kind === "column" ? [each.property] : []));
  const relations = keys.flatMap((each) => (each.kind === "relation" ? [each] : []));
  const { said } = db.model.noun(rows.entity);
  const columns = [
    ...columnsOf(db, rows, { columns: properties, relations: relations.map(({ relation }) => relation) }),
    ...keys.flatMap((each) =>
      each.kind === "said" ? [{ as: saidAs(each), sql: said![each.field]!(db.occasion, bind), type: "text" }] : [],
    ),
  ];
  tables.push(`${name} as (select row_number() over () as ${PLACE}, x.* from (${rows.text(selected(columns))}) x)`);
  const parts = keys.map((each) => partOf(statement, name, each));
  const pieces = keys.map(({ key }, place) => `'${place === 0 ? "{" : ","}${key}:' || ${parts[place]!.json}`);
  return {
    name,
    json: keys.length === 0 ? "'{}'" : `${pieces.join(" || ")} || '}'`,
    joins: parts.map(({ joins }) => joins).join(" "),
  };
}

function partOf(statement: Statement, level: string, key: WrittenKey): Written {
  if (key.kind === "relation") return relatedOf(statement, level, key);
  if (key.kind === "constant") return { json: `'${key.json}'`, joins: "" };
  return { json: key.form(`r."${key.kind === "column" ? key.property : saidAs(key)}"`), joins: "" };
}

const saidAs = ({ field }: { field: string }): string => `said ${field}`;

type RelationKey = Extract<WrittenKey, { kind: "relation" }>;

/** What a relation comes to for each row of the level above. */
function relatedOf(statement: Statement, above: string, { relation, writing }: RelationKey): Written {
  const { db, bind, tables } = statement;
  const { kind, by, always } = relation;
  const hook = kind === "one" ? by : "id";
  const ids = `array(select distinct p."${hook}" from ${above} p)`;
  const { name, json, joins } = levelOf(statement, relatedRows(db, relation, ids, bind, null), writing);
  const found = `w${tables.length}`;
  const owner = { one: "id", first: by, many: by, through: LINKED_TO, pages: by }[kind];
  const each = `select r."${owner}" as owner, r.${PLACE} as place, ${json} as json from ${name} r ${joins}`;
  const isList = kind === "many" || kind === "through";
  // A list of which one row cannot be written cannot be written.
  const list = `select owner, case when count(json) = count(*) then '[' || string_agg(json, ',' order by place) || ']' end as json
    from (${each}) x group by owner`;
  tables.push(`${found} as (${isList ? list : each})`);
  const nothing = isList ? "'[]'" : always ? "null" : "'null'";
  return {
    json: `case when ${found}.owner is null then ${nothing} else ${found}.json end`,
    joins: `left join ${found} on ${found}.owner = r."${hook}"`,
  };
}
