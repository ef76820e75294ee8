import {
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  parse,
} from "graphql";
import { LIMITS, type LimitName } from "../../src/platform/graphql/limits";
import { shapeOf } from "../../src/platform/graphql/shape-limits";
import { schema } from "../../src/server";
import type { Fate } from "../story/fate";
import { rootLists } from "../support/operations";
import { isNoun, possible } from "./known-types";
import { field, type Making, selection } from "./random-selections";
import { type Known, RandomValues } from "./random-values";
import { RandomVariables } from "./random-variables";
import { ResponseKeys } from "./response-keys";
import type { Operation } from "./servers";

/** Levels of fields below the root. */
const LEVELS = 8;
const FRAGMENT_LEVELS = 4;
/** Of the query, and of each fragment, about. */
const MOST_FIELDS = { query: 32, fragment: 10 };

/** Root fields -> how often. */
const ROOTS = {
  aList: 62,
  node: 15,
  nodes: 12,
  viewer: 5,
  searchQuestions: 3,
  compareApplications: 1,
  events: 1,
  about: 1,
} as const;

const PLAIN_ROOTS = { aList: 8, node: 2 } as const;

/** From which many paths lead on: four times as often as the others. */
const DEEP = ["Application", "Candidate", "InterviewKit", "InterviewSession", "Job", "Question", "Rubric", "Scorecard"];
const oftener = <T>(all: readonly T[], nameOf: (each: T) => string): T[] =>
  all.flatMap((each) => (DEEP.includes(nameOf(each)) ? [each, each, each, each] : [each]));

const LISTS = oftener(rootLists(schema), ({ type }) => getNamedType(type).name.replace("Connection", ""));

/** Queries over the whole schema, valid and as a rule sensible, by chance. */
export class RandomOperations {
  readonly #nouns: readonly GraphQLCompositeType[];

  constructor(
    readonly fate: Fate,
    readonly known: Known,
    /** Asks rows for what they hold and for what hangs on them as a whole, and for nothing that is made by hand. */
    readonly isPlain = false,
  ) {
    const interfaces = schema.getImplementations(schema.getType("Node") as GraphQLInterfaceType).interfaces;
    const objects = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && isNoun(type));
    this.#nouns = [schema.getType("Node") as GraphQLInterfaceType, ...interfaces, ...(objects as never[])];
  }

  /** One that the server takes. */
  next(): Operation {
    for (;;) {
      const operation = this.#made();
      const shape = Object.entries(shapeOf(parse(operation.query))) as [LimitName, number][];
      if (shape.every(([name, count]) => count <= LIMITS[name].most)) return operation;
    }
  }

  #made(): Operation {
    const { fate, known } = this;
    const making: Making = {
      fate,
      values: new RandomValues(fate, known),
      keys: new ResponseKeys(fate),
      variables: new RandomVariables(fate),
      fragments: [],
      left: 0,
      isPlain: this.isPlain,
    };
    for (let count = fate.below(4); count > 0; count--) this.#addFragment(making);
    making.left = MOST_FIELDS.query;
    const roots = Array.from({ length: 1 + fate.below(2) }, () => this.#root(making));
    const query = `{ ${roots.join(" ")} }`;
    const text = [query, ...spreadIn(query, making)].join("\n");
    const { declared, variables } = making.variables.of(text);
    return { query: `query Random${declared} ${text}`, variables };
  }

  #addFragment(making: Making): void {
    const type = this.fate.one(this.#nouns)!;
    making.left = MOST_FIELDS.fragment;
    const inner = selection(making, { type, actual: possible(type), levels: FRAGMENT_LEVELS });
    const name = `F${making.fragments.length}`;
    making.fragments.push({
      name,
      type,
      text: `fragment ${name} on ${type.name} { ${inner} }`,
      levels: FRAGMENT_LEVELS,
    });
  }

  /** What is asked of objects by id fits what they are. What goes on being written is compared up to a time. */
  #given({ values }: Making, name: string) {
    if (name === "accessLog") return { args: { filter: { until: this.known.until } } };
    if (name !== "node" && name !== "nodes") return {};
    const names = Array.from({ length: name === "node" ? 1 : 1 + this.fate.below(3) }, () =>
      this.fate.one(oftener([...this.known.ids.keys()], (each) => each)),
    );
    const actual = names.map((each) => schema.getType(each!) as GraphQLObjectType);
    const ids = names.flatMap((each) => Array.from({ length: 1 + this.fate.below(3) }, () => values.id(each)));
    return { args: name === "node" ? { id: ids[0] } : { ids }, actual };
  }

  #root(making: Making): string {
    const { fate } = this;
    const kind = this.isPlain ? fate.weighed(PLAIN_ROOTS) : fate.weighed(ROOTS);
    const fields = schema.getQueryType()!.getFields();
    const asked = kind === "aList" ? fate.one(LISTS)! : fields[kind]!;
    const written = field(making, asked, LEVELS, this.#given(making, asked.name));
    const selected = written || "__typename";
    return fate.percent(85) ? selected : `...${making.variables.conditions(50)} { ${selected} }`;
  }
}

/** Texts of the fragments that a text spreads, and of those that they spread. */
function spreadIn(text: string, { fragments }: Making): string[] {
  const found = new Set<string>();
  const look = (within: string): void => {
    for (const [, name] of within.matchAll(/\.\.\.(F\d+)/g)) {
      if (found.has(name!)) continue;
      found.add(name!);
      look(fragments.find((each) => each.name === name)!.text);
    }
  };
  look(text);
  return fragments.filter(({ name }) => found.has(name)).map(({ text: own }) => own);
}
