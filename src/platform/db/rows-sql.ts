import type { Class } from "../class";
import { type Bind, everyone, type Relation } from "./nouns";

import { type Reader, sightOf } from "./reader";
import type { OrganizationRow } from "./row";
import { type Added, additions, bounds, placed, type Span, tail } from "./span";

/** Rows `t` of a noun, as a statement that lacks only what is selected of them. */
export interface RowsSql {
  readonly entity: Class<OrganizationRow>;
  readonly added: readonly Added[];
  /** Properties without which the rows cannot be put where they belong. */
  readonly needed: readonly string[];
  readonly text: (select: string) => string;
  /** A scalar: how many rows the whole list has. */
  readonly total?: string;
  /** As many of the rows are the page; one more tells whether there are others. */
  readonly page?: Pick<Span, "size" | "fromEnd">;
}

/** An SQL array of ids: of the parents, or for `one` of the targets. */
type Ids = string;

type Reading = (reader: Reader, relation: Relation, ids: Ids, bind: Bind, span: Span | null) => RowsSql;

/** The rows to which a relation leads from all its parents at once, as the reader's viewer sees them. */
export const relatedRows: Reading = (reader, relation, ids, bind, span) =>
  readings[relation.kind](reader, relation, ids, bind, span);

const readings: Record<Relation["kind"], Reading> = {
  one: (reader, { target }, ids, bind) => rowsById(reader, target, ids, bind),

  many: (reader, relation, ids, bind) => {
    const { target: entity, by, orderBy } = relation;
    const { name, columns } = reader.model.table(entity);
    const sight = isSeenWithParent(reader, relation) ? "true" : sightOf(reader, entity, bind);
    const rest = `from ${name} t where t.${columns.get(by)} = any(${ids}) and (${sight}) order by t.${columns.get(orderBy)}, t.id`;
    return { entity, added: [], needed: [by], text: (select) => `select ${select} ${rest}` };
  },

  first: (reader, { target: entity, by, orderBy }, ids, bind) => {
    const { name, columns } = reader.model.table(entity);
    const key = `t.${columns.get(by)}`;
    const rest = `from ${name} t where ${key} = any(${ids}) and (${sightOf(reader, entity, bind)}) order by ${key}, ${orderBy}`;
    return { entity, added: [], needed: [by], text: (select) => `select distinct on (${key}) ${select} ${rest}` };
  },

  through: (reader, { target: entity, link }, ids, bind) => {
    const { name, columns } = reader.model.table(link!.entity);
    const from = `l.${columns.get(link!.from)}`;
    const rest = `from ${name} l
      join ${reader.model.table(entity).name} t on t.organization_id = l.organization_id and t.id = l.${columns.get(link!.to)}
      where ${from} = any(${ids}) and (${sightOf(reader, entity, bind)}) order by l.id`;
    const added = [{ as: LINKED_TO, sql: from, type: "uuid" }];
    return { entity, added, needed: [], text: (select) => `select ${select} ${rest}` };
  },

  pages: (reader, { target: entity, by }, ids, bind, asked) => {
    const span = asked!;
    const { name, columns } = reader.model.table(entity);
    const conditions = [
      `t.${columns.get(by)} = parent.id`,
      `(${sightOf(reader, entity, bind)})`,
      ...bounds(reader, entity, span, bind),
    ];
    const rest = `from ${name} t where ${conditions.join(" and ")} ${tail(reader, entity, span, bind)}`;
    return {
      entity,
      added: additions(span.order),
      needed: [by, ...placed(span)],
      text: (select) =>
        `select child.* from unnest(${ids}) parent(id) cross join lateral (select ${select} ${rest}) child`,
    };
  },
};

/** Property of a parent by which what the relation leads to is found. */
export const hookOf = ({ kind, by }: Relation): string => (kind === "one" ? by : "id");

/** The ids by which a relation leads on from all rows of a common table expression. */
export const idsIn = (table: string, relation: Relation): Ids =>
  `array(select distinct p."${hookOf(relation)}" from ${table} p)`;

/** Rows of a noun by their ids, as the reader's viewer sees them. */
export function rowsById(reader: Reader, entity: Class<OrganizationRow>, ids: Ids, bind: Bind): RowsSql {
  const { name } = reader.model.table(entity);
  const rest = `from ${name} t where t.id = any(${ids}) and (${sightOf(reader, entity, bind)})`;
  return { entity, added: [], needed: [], text: (select) => `select ${select} ${rest}` };
}

/** Of a linked row: the parent to which it was tied. */
export const LINKED_TO = "linkedTo";

/** Whoever read the parent sees all these parts of it: no need to ask again for each. */
function isSeenWithParent({ model }: Reader, { target: entity, parent, by }: Relation): boolean {
  const { visible } = model.noun(entity);
  return typeof visible !== "function" && visible.entity === parent && visible.by === by && visible.only === everyone;
}
