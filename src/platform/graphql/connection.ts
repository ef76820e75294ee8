import { type GraphQLNamedType, isObjectType } from "graphql";
import { ArgsType, Field, Int, ObjectType } from "type-graphql";
import type { Actor } from "../actor";
import type { Class } from "../class";
import type { Ctx } from "../context";
import { cursorOf } from "../db/cursor";
import { childCount, childPage } from "../db/loaders";
import type { Relation } from "../db/nouns";
import type { Order } from "../db/order";
import { type Choice, count, page } from "../db/pages";
import type { OrganizationRow } from "../db/row";
import { type PageArgs, type Rows, type Span, spanOf } from "../db/span";
import { readAlong } from "../db/tree";
import type { ViewerDb } from "../db/viewer-db";
import { type Wanted, WHOLE } from "../db/wanted";
import { Value } from "./node";
import { publishedType } from "./published";

@ArgsType()
export class PageArguments implements PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: "Rows from the start: 0 to 100; 25 when neither this nor `last` is given.",
  })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: "Rows from the end instead: 0 to 100." })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Only rows after this cursor." })
  after?: string | null;

  @Field(() => String, { nullable: true, description: "Only rows before this cursor." })
  before?: string | null;
}

@Value("PageInfo", "Where a page stands in its list.")
class PageInfo {
  @Field(() => Boolean, { description: "Whether rows follow the page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether rows precede the page." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first row; null on an empty page." })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last row; null on an empty page." })
  endCursor!: string | null;
}

interface PageParts {
  entity: Class<OrganizationRow>;
  cursorOf: (row: OrganizationRow) => string;
  /** At once where they were read along with what the page hangs on. */
  read: (wanted: Wanted) => Promise<Rows> | Rows;
  counted: () => Promise<number>;
}

/** A page that is read when a field of it is, and a count that is taken when it is asked for. */
export class Page {
  #rows: Promise<Rows> | Rows | undefined;
  /** What will be asked of its rows. */
  wanted: () => Wanted = () => WHOLE;

  constructor(readonly parts: PageParts) {}

  rows(): Promise<Rows> | Rows {
    this.#rows ??= this.parts.read(this.wanted());
    return this.#rows;
  }

  info({ rows, hasNextPage, hasPreviousPage }: Rows): PageInfo {
    const cursor = (row: OrganizationRow | undefined) => (row ? this.parts.cursorOf(row) : null);
    return { hasNextPage, hasPreviousPage, startCursor: cursor(rows[0]), endCursor: cursor(rows.at(-1)) };
  }
}

/** At once, where there is nothing to wait for: promises for each of many pages are dear. */
const once = <T, R>(value: Promise<T> | T, then: (value: T) => R): Promise<R> | R =>
  value instanceof Promise ? value.then(then) : then(value);

export const isConnection = (type: GraphQLNamedType): boolean => isObjectType(type) && type.name.endsWith("Connection");

type ConnectionClass = new (...page: ConstructorParameters<typeof Page>) => Page;
const connections = new Map<Class, ConnectionClass>();

/** The connection type of a published noun, made once. */
export function connectionOf(entity: Class): ConnectionClass {
  const known = connections.get(entity);
  if (known) return known;
  const { name } = entity;
  const node = () => publishedType(entity);

  @Value(`${name}Edge`, `A ${name} and its cursor.`)
  class Edge {
    @Field(() => String, { description: "Place of the row in the list, for `after` and `before`." })
    cursor!: string;

    // Its edge has been paid for.
    @Field(node, { description: "The row.", complexity: 0 })
    node!: object;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection extends Page {
    @Field(() => [Edge], { description: "The rows with their cursors." })
    edges(): Promise<Edge[]> | Edge[] {
      return once(this.rows(), ({ rows }) => rows.map((row) => ({ cursor: this.parts.cursorOf(row), node: row })));
    }

    @Field(() => [node()], { description: "The rows." })
    nodes(): Promise<object[]> | object[] {
      return once(this.rows(), ({ rows }) => rows);
    }

    @Field(() => PageInfo, { description: "Where the page stands.", complexity: 0 })
    pageInfo(): Promise<PageInfo> | PageInfo {
      return once(this.rows(), (read) => this.info(read));
    }

    @Field(() => Int, {
      description: "Rows of the whole list that you may see. Counted only when asked for.",
      complexity: 5,
    })
    totalCount(): Promise<number> {
      return this.parts.counted();
    }
  }

  connections.set(entity, Connection);
  return Connection;
}

/** Which rows a list holds, and in which order; in the noun's own where none is named. */
export interface Listing extends Choice {
  readonly order?: Order;
}

/** The rows of a noun that the viewer sees, all or those of the listing. @throws Refusal BAD_PAGE | BAD_CURSOR */
export function list<E extends OrganizationRow>(
  { db }: Ctx,
  entity: Class<E>,
  args: PageArgs,
  { order, ...choice }: Listing = {},
): Page {
  const noun = db.model.noun(entity);
  const span = spanOf(args, noun, order);
  const Connection = connectionOf(entity);
  return new Connection({
    entity,
    cursorOf: (row) => cursorOf(noun, row, span.order),
    read: (wanted) => page(db, entity, span, { choice, wanted }),
    counted: () => count(db, entity, choice),
  });
}

/** The page of a relation, for one parent. */
export function relatedPage(
  db: ViewerDb<Actor>,
  relation: Relation,
  parent: OrganizationRow,
  { span, wanted }: { span: Span; wanted: () => Wanted },
): Page {
  const noun = db.model.noun(relation.target);
  const Connection = connectionOf(relation.target);
  const made = new Connection({
    entity: relation.target,
    cursorOf: (row) => cursorOf(noun, row, span.order),
    read: (asked) =>
      (readAlong(parent, relation, span) as Rows | undefined) ??
      childPage(db, relation, parent, { span, wanted: asked }),
    counted: () => childCount(db, relation, parent),
  });
  made.wanted = wanted;
  return made;
}
