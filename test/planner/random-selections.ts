import {
  type GraphQLCompositeType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isRequiredArgument,
} from "graphql";
import { relationsOf } from "../../src/platform/slice";
import { schema } from "../../src/server";
import { slices } from "../../src/slices";
import type { Fate } from "../story/fate";
import { isPaged } from "../support/operations";
import { cursorKey, ordersOf } from "./cursors";
import { type Field, fieldsOf, isNoun, possible } from "./known-types";
import { isPageArgument, type RandomValues } from "./random-values";
import type { RandomVariables } from "./random-variables";
import type { ResponseKeys } from "./response-keys";

/** A named fragment; it is spread where so many levels of fields are left. */
export interface Fragment {
  name: string;
  type: GraphQLCompositeType;
  text: string;
  levels: number;
}

/** What one operation is made with. */
export interface Making {
  fate: Fate;
  values: RandomValues;
  keys: ResponseKeys;
  variables: RandomVariables;
  fragments: Fragment[];
  /** Fields that may still be asked for. */
  left: number;
  /** Whether anything may be asked for, or rows alone with what they hold and what hangs on them as a whole. */
  isPlain: boolean;
}

/** Where something is selected: of what type, of which of its types the objects are, and how many levels of fields may follow. */
export interface Place {
  type: GraphQLCompositeType;
  actual: readonly GraphQLObjectType[];
  levels: number;
}

/** What is drawn or written out takes long: seldom. */
const DEAR: ReadonlySet<string> = new Set(["chart", "calendarFile", "diff", "body"]);

/** Fields that lead to any object -> what they lead to. */
const LIKELY: Readonly<Record<string, readonly string[]>> = {
  actor: ["Member", "ApiKey"],
  object: ["Application", "InterviewSession", "Scorecard", "Candidate", "Question", "Job", "Decision"],
  usedIn: ["InterviewKit", "InterviewSession"],
};

/** Fields of a page -> how often. */
const OF_PAGES = { nodes: 6, edges: 4, pageInfo: 1, totalCount: 2 } as const;

/** Several parts of a selection, of which some may come again and merge. */
export function selection(making: Making, place: Place): string {
  const { fate } = making;
  const isPage = place.type.name.endsWith("Connection");
  const isEdge = place.type.name.endsWith("Edge");
  const count = isNoun(place.type) && !isPage && !isEdge ? 2 + fate.below(3) : 1 + fate.below(2);
  const make = isPage ? pagePart : isEdge ? edgePart : part;
  const parts = Array.from({ length: count }, () => make(making, place));
  if (fate.percent(isPage || isNoun(place.type) ? 10 : 2)) parts.push(inline(making, place, place.type));
  // Too many repetitions are refused.
  const again = (each: string, index: number) => parts.indexOf(each) < index && fate.percent(80);
  return parts.filter((each, index) => each !== "" && !again(each, index)).join(" ") || "__typename";
}

function part(making: Making, place: Place): string {
  const { fate } = making;
  const isOpen = isAbstractType(place.type);
  if (isOpen && fate.percent(place.actual.length > 1 ? 55 : 75)) return inline(making, place, fate.one(place.actual)!);
  const lot = isNoun(place.type) ? fate.below(100) : 99;
  if (lot < 8) return inline(making, place, other(fate, place));
  if (lot < 20) return spread(making, place);
  return lot < 23 ? "__typename" : anyField(making, place);
}

const pagePart = (making: Making, place: Place): string => fieldNamed(making, place, making.fate.weighed(OF_PAGES));

const edgePart = (making: Making, place: Place): string =>
  fieldNamed(making, place, making.fate.percent(80) ? "node" : "cursor");

const fieldNamed = (making: Making, place: Place, name: string): string =>
  field(making, (place.type as GraphQLObjectType).getFields()[name]!, place.levels);

/** The type itself, one that is more or less than it, and seldom one of which none of the objects is. */
function other(fate: Fate, { type, actual }: Place): GraphQLCompositeType {
  const all = [type, ...actual, ...actual.flatMap((each) => each.getInterfaces())];
  if (isAbstractType(type) && fate.percent(15)) return fate.one(possible(type))!;
  return fate.one(all)!;
}

export function inline(making: Making, { type: above, actual, levels }: Place, type: GraphQLCompositeType): string {
  const on = type === above && making.fate.percent(50) ? "" : ` on ${type.name}`;
  const left = actual.filter((each) => possible(type).includes(each));
  const within: Place = { type, actual: left.length > 0 ? left : possible(type), levels: left.length > 0 ? levels : 1 };
  return `...${on}${making.variables.conditions(25)} { ${selection(making, within)} }`;
}

/** A fragment that holds for some of the objects; a field where there is none. */
function spread(making: Making, place: Place): string {
  const { fate, fragments, variables } = making;
  const fitting = fragments.filter(
    ({ type, levels }) => levels <= place.levels && possible(type).some((each) => place.actual.includes(each)),
  );
  const one = fate.one(fitting);
  return one ? `...${one.name}${variables.conditions(20)}` : anyField(making, place);
}

const RELATIONS = new Set(
  relationsOf(slices).flatMap(({ kind, parent, field: name }) => (kind === "pages" ? [] : [`${parent.name}.${name}`])),
);

/** Read as it is, or a relation that is no page. */
const isPlain = (type: GraphQLCompositeType, { name, type: own, resolve }: Field): boolean =>
  RELATIONS.has(`${type.name}.${name}`) || (resolve === undefined && isLeafType(getNamedType(own)));

/** Those that lead on are preferred as long as there is room. */
function anyField(making: Making, { type, levels }: Place): string {
  const { fate } = making;
  const isFit = (each: Field) =>
    (!DEAR.has(each.name) || fate.percent(10)) && (!making.isPlain || !isNoun(type) || isPlain(type, each));
  const { leaves, leading } = fieldsOf(type);
  const goesOn = levels > 2 && making.left > 0 && (leaves.length === 0 || fate.percent(70));
  const chosen = fate.one((goesOn ? leading : leaves).filter(isFit)) ?? fate.one(leaves.filter(isFit));
  return chosen ? field(making, chosen, levels) : "__typename";
}

interface Given {
  args?: Record<string, unknown>;
  /** What the objects are. */
  actual?: readonly GraphQLObjectType[];
}

/** The field with arguments, conditions and a selection. Empty where no more names are free. */
export function field(making: Making, asked: Field, levels: number, given: Given = {}): string {
  const { keys, variables } = making;
  const type = getNamedType(asked.type);
  const named = keys.of(asked.name, argumentsOf(making, asked, given.args ?? {}), `${asked.type}`);
  if (named === null) return "";
  making.left--;
  if (!isCompositeType(type)) return `${named}${variables.conditions()}`;
  const likely = LIKELY[asked.name]?.map((name) => schema.getType(name) as GraphQLObjectType);
  const place = { type, actual: given.actual ?? likely ?? possible(type), levels: levels - 1 };
  return `${named}${variables.conditions()} { ${selection(making, place)} }`;
}

function argumentsOf(making: Making, asked: Field, given: Record<string, unknown>): string {
  const { fate, values, variables } = making;
  const all: Record<string, unknown> = { ...given };
  for (const arg of asked.args) {
    const isWanted = isRequiredArgument(arg) || (!isPageArgument(arg) && fate.percent(35));
    if (isWanted && !(arg.name in all)) all[arg.name] = values.value(arg.name, arg.type);
  }
  if (isPaged(asked)) Object.assign(all, values.page(cursorKey(asked, all.orderBy ?? ordersOf(asked)[0])));
  const written = asked.args
    .filter(({ name }) => name in all)
    .map(({ name, type }) => `${name}: ${variables.written(all[name], type)}`);
  if (fate.percent(20)) written.reverse();
  return written.length > 0 ? `(${written.join(", ")})` : "";
}
