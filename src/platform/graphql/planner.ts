import { type FieldNode, type GraphQLResolveInfo, type GraphQLSchema, getArgumentValues } from "graphql";
import type { Actor } from "../actor";
import type { Class } from "../class";
import type { Model } from "../db/model";
import type { Relation } from "../db/nouns";
import type { PageArgs, Span } from "../db/span";
import { spanOf } from "../db/span";
import type { ViewerDb } from "../db/viewer-db";
import { type Branch, merged, type Wanted, WHOLE } from "../db/wanted";
import { Refusal } from "../errors";
import { publishedNouns } from "./published-nouns";
import { holds, listSketchOf, type Sketch, type SketchedBranch, sketchOf } from "./sketch";
import { writtenWanted } from "./written-wanted";

export type OrderedPageArgs = PageArgs & { orderBy?: string | null };

/** Knows from a field's selection what will be asked of its rows, so that they are read with it. */
export interface Planner {
  /** Of a field that answers with rows of the noun. */
  ofRows(info: GraphQLResolveInfo, noun: Class, db: ViewerDb<Actor>): Wanted;
  /** Of a field that answers with a connection of the noun. */
  ofList(info: GraphQLResolveInfo, noun: Class, db: ViewerDb<Actor>): Wanted;
}

type Draw = typeof sketchOf | typeof listSketchOf;

/** Sketches of one field that are kept. */
const MOST_DRAWN = 8;

interface Drawn {
  readonly draw: Draw;
  readonly noun: Class;
  readonly nodes: readonly FieldNode[];
  readonly sketch: Sketch | null;
}

export function plannerOf(schema: GraphQLSchema, relations: readonly Relation[]): Planner {
  const published = publishedNouns(schema, relations);
  /** By the first of a field's nodes. They are held by the document store, and what is drawn of them goes with them. */
  const drawn = new WeakMap<FieldNode, Drawn[]>();

  function sketched(draw: Draw, { fieldNodes: nodes, fragments }: GraphQLResolveInfo, noun: Class): Sketch | null {
    const known = drawn.get(nodes[0]!) ?? [];
    const found = known.find((each) => each.draw === draw && each.noun === noun && areSame(each.nodes, nodes));
    if (found) return found.sketch;
    const parts = nodes.map(({ selectionSet: selections }) => ({ selections, conditions: [] }));
    const sketch = draw({ published, fragments }, noun, parts);
    // What executes plainly sees other nodes for each choice of `@skip` and `@include`: the latest are kept.
    drawn.set(nodes[0]!, [...known.slice(1 - MOST_DRAWN), { draw, noun, nodes, sketch }]);
    return sketch;
  }

  const planned = (draw: Draw) => (info: GraphQLResolveInfo, noun: Class, db: ViewerDb<Actor>) => {
    const written = writtenWanted.get(info.fieldNodes[0]!);
    if (written) return written(noun);
    const sketch = db.plans ? sketched(draw, info, noun) : null;
    return sketch ? db.kept(sketch, () => filled(sketch, db.model, info.variableValues)) : WHOLE;
  };

  return { ofRows: planned(sketchOf), ofList: planned(listSketchOf) };
}

const areSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((each, place) => each === others[place]);

type Variables = Readonly<Record<string, unknown>>;

const filled = ({ columns, branches }: Sketch, model: Model, variables: Variables): Wanted => ({
  columns: columns && [...columns],
  branches: merged(branches.flatMap((each) => branchOf(each, model, variables))),
});

/** Nothing where it is left out, or asks for a page that there cannot be: its resolver says why. */
function branchOf(sketched: SketchedBranch, model: Model, variables: Variables): Branch[] {
  const { relation, when, beneath } = sketched;
  if (!when.some((conditions) => holds(conditions, variables))) return [];
  const span = relation.kind === "pages" ? spanIn(sketched, model, variables) : null;
  return span === undefined ? [] : [{ relation, span, wanted: filled(beneath, model, variables) }];
}

function spanIn({ relation, field, node }: SketchedBranch, model: Model, variables: Variables): Span | undefined {
  try {
    return relatedSpan(model, relation, getArgumentValues(field, node, variables));
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** @throws Refusal BAD_PAGE | BAD_CURSOR */
export function relatedSpan(model: Model, { target, orders }: Relation, { orderBy, ...args }: OrderedPageArgs): Span {
  return spanOf(args, model.noun(target), orders?.choices[orderBy ?? orders.byDefault]?.order);
}
