import type { Actor, Occasion } from "../actor";
import type { Class } from "../class";
import type { Order } from "./order";
import type { OrganizationRow } from "./row";

/** Adds a value to a statement and returns its placeholder. */
export type Bind = (value: unknown) => string;

/**
 * Who sees which rows, as an SQL condition over the row `t`. A set (`t.id = any(array(select …))`), never a correlated
 * `exists`, which costs six times as much in a planned statement. Used by every path that reads the noun.
 */
export type Sight<V extends Actor = never> = (viewer: V, bind: Bind) => string;

export const everyone: Sight<Actor> = () => "true";

/** A part is seen with its whole, by a foreign key of the part. */
interface Whole {
  readonly entity: Class<OrganizationRow>;
  readonly by: string;
  /** What must hold besides. */
  readonly only: Sight;
}

export interface Noun<E extends OrganizationRow = OrganizationRow> {
  readonly entity: Class<E>;
  /** Whether the viewer ever sees a row of it; everybody where it is left out. */
  readonly isFor?: (viewer: Actor) => boolean;
  /** Its own sight, or the whole with which it is seen. */
  readonly visible: Sight | Whole;
  /** Column of the default order (not null), before the id; null: by id, which is by time of creation. */
  readonly orderBy: string | null;
  readonly descending: boolean;
  /** Fields that are written by hand, and that SQL says as well. */
  readonly said?: Readonly<Record<string, Saying>>;
}

/** What a field comes to, as SQL over the row `t`. */
export type Saying = (occasion: Occasion, bind: Bind) => string;

interface NounOptions<E, V extends Actor> {
  visible: Sight<V>;
  orderBy?: keyof E & string;
  descending?: boolean;
  said?: Readonly<Record<string, Saying>>;
}

/** Declares a noun once: its table, who sees its rows, and the order of its lists. */
export function noun<E extends OrganizationRow, V extends Actor>(
  entity: Class<E>,
  { visible, orderBy, descending = false, said }: NounOptions<E, V>,
): Noun<E> {
  return { entity, visible: visible as Sight, orderBy: orderBy ?? null, descending, said };
}

interface PartOptions<E, V extends Actor> {
  by: keyof E & string;
  /** Keeps rows from viewers who see the whole. */
  only?: Sight<V>;
  descending?: boolean;
}

/** Declares a noun whose rows are seen with the whole that they are part of: all of them, or those that `only` lets through. */
export function part<E extends OrganizationRow, V extends Actor>(
  entity: Class<E>,
  whole: Class<OrganizationRow>,
  { by, only = everyone, descending = false }: PartOptions<E, V>,
): Noun<E> {
  return { entity, visible: { entity: whole, by, only: only as Sight }, orderBy: null, descending };
}

/** A table that no API publishes: what rules need and nobody reads. */
export interface Unpublished {
  readonly unpublished: Class<OrganizationRow>;
}

export const unpublished = (entity: Class<OrganizationRow>): Unpublished => ({ unpublished: entity });

/** A downstream slice lets more viewers see an upstream noun; sights add up. */
export interface Widening {
  readonly widens: Class<OrganizationRow>;
  readonly visible: Sight;
}

export function widen<V extends Actor>(entity: Class<OrganizationRow>, visible: Sight<V>): Widening {
  return { widens: entity, visible: visible as Sight };
}

export function widened(noun: Noun, widenings: readonly Widening[]): Noun {
  const { visible: own } = noun;
  if (widenings.length === 0) return noun;
  if (typeof own !== "function") throw new Error(`${noun.entity.name} is seen with its whole: widen that`);
  const further = widenings.map(({ visible }) => visible);
  const visible: Sight = (viewer, bind) => {
    const plain = own(viewer, bind);
    // A value that is bound must stand in the statement: nothing more is asked for.
    if (plain === "true") return plain;
    return [plain, ...further.map((sight) => sight(viewer, bind))].map((each) => `(${each})`).join(" or ");
  };
  return { ...noun, visible };
}

/** Orders that the caller may choose from, published as an enum. */
export interface Orders {
  /** Of the enum. */
  readonly name: string;
  readonly description: string;
  readonly choices: Readonly<Record<string, { description: string; order: Order }>>;
  /** Where the caller names none. */
  readonly byDefault: string;
}

interface RelationOptions {
  /** What the published field tells. */
  description: string;
}

/** Rows that say nothing but which two belong together, by a foreign key to each. Not published. */
export interface Link {
  readonly entity: Class<OrganizationRow>;
  /** Property that names the parent. */
  readonly from: string;
  /** Property that names the target. */
  readonly to: string;
}

/** How one noun hangs on another: the source of the loader, the published field, and its paging. */
export interface Relation {
  readonly kind: "one" | "many" | "first" | "pages" | "through";
  readonly parent: Class<OrganizationRow>;
  readonly field: string;
  readonly target: Class<OrganizationRow>;
  /** Property that carries the foreign key: the parent's for `one`, the link's for `through`, the target's otherwise. */
  readonly by: string;
  /** For `through`: what ties the two together. */
  readonly link?: Link;
  /** For `one` and `first`: whether whoever sees the parent always sees the target. */
  readonly always: boolean;
  /** For `many`: property that orders the list. For `first`: SQL over the row `t`, the order whose first row counts. */
  readonly orderBy: string;
  /** For `pages`: orders that the caller may choose from; the target's own where there are none. */
  readonly orders?: Orders;
  readonly description: string;
  /** Under which a parent carries what was read along with it. */
  readonly along: symbol;
}

/** The row that a foreign key of the parent names. Nullable for the API unless `always`. */
export function one<P extends OrganizationRow, T extends OrganizationRow>(
  parent: Class<P>,
  field: string,
  target: Class<T>,
  options: RelationOptions & { by: keyof P & string; always?: boolean },
): Relation {
  return {
    kind: "one",
    parent,
    field,
    target,
    orderBy: "id",
    along: Symbol(field),
    ...options,
    always: options.always ?? false,
  };
}

/** The few rows that belong to the parent, all of them, as a plain list. */
export function many<P extends OrganizationRow, T extends OrganizationRow>(
  parent: Class<P>,
  field: string,
  target: Class<T>,
  options: RelationOptions & { by: keyof T & string; orderBy?: keyof T & string },
): Relation {
  const along = Symbol(field);
  return { kind: "many", parent, field, target, always: false, along, ...options, orderBy: options.orderBy ?? "id" };
}

/** Of the rows that belong to the parent, the first in an order. Whoever sees the parent sees one. */
export function first<P extends OrganizationRow, T extends OrganizationRow>(
  parent: Class<P>,
  field: string,
  target: Class<T>,
  options: RelationOptions & { by: keyof T & string; orderBy: string },
): Relation {
  return { kind: "first", parent, field, target, always: true, along: Symbol(field), ...options };
}

/** The few rows that a link ties to the parent, in the order in which they were tied. */
export function through<P extends OrganizationRow, L extends OrganizationRow, T extends OrganizationRow>(
  parent: Class<P>,
  field: string,
  target: Class<T>,
  { link, from, to, description }: RelationOptions & { link: Class<L>; from: keyof L & string; to: keyof L & string },
): Relation {
  const tie = { entity: link, from, to };
  const along = Symbol(field);
  return {
    kind: "through",
    parent,
    field,
    target,
    by: from,
    link: tie,
    always: false,
    orderBy: "id",
    along,
    description,
  };
}

/** The rows that belong to the parent, page by page, in the target's own order or one that the caller chooses. */
export function pages<P extends OrganizationRow, T extends OrganizationRow>(
  parent: Class<P>,
  field: string,
  target: Class<T>,
  options: RelationOptions & { by: keyof T & string; orders?: Orders },
): Relation {
  return { kind: "pages", parent, field, target, always: false, orderBy: "id", along: Symbol(field), ...options };
}
