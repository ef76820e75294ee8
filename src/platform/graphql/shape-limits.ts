import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
} from "graphql";
import { LIMITS, type LimitName, limitExceeded } from "./limits";

type Shape = Readonly<Record<Exclude<LimitName, "tokens" | "objectKeys" | "values">, number>>;

/** What lies below a selection once its fragments are spread. */
interface Reach {
  depth: number;
  fields: number;
  /** Fields of the selection itself. */
  width: number;
}

const NOTHING: Reach = { depth: 0, fields: 0, width: 0 };

/** What a selection holds already; an inline fragment shares it with what is around it. */
interface Scope {
  /** Response keys, and names of values, which are the same under every alias. */
  readonly seen: Set<string>;
  readonly on: string;
}

/**
 * What is counted in a document. Each node is looked at once, whatever fragments spread it, so that this takes as long
 * as the text is long. Numbers stay safe to write: a fragment bomb comes to more than any of them.
 */
export function shapeOf(document: DocumentNode): Shape {
  const survey = new Survey(document);
  const operations = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? [survey.ofOperation(each)] : [],
  );
  for (const name of survey.fragments.keys()) survey.ofFragment(name);
  const most = (of: (reach: Reach) => number) => operations.reduce((sofar, each) => Math.max(sofar, of(each)), 0);
  return {
    queryLength: document.loc?.source.body.length ?? 0,
    depth: most(({ depth }) => depth),
    rootFields: most(({ width }) => width),
    fields: most(({ fields }) => fields),
    ...survey.count,
  };
}

/** One walk over a document; it keeps what it has found of fragments. */
class Survey {
  readonly count = { aliases: 0, directives: 0, repeatedFields: 0, listItems: 0 };
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #reached = new Map<string, Reach>();

  constructor({ definitions }: DocumentNode) {
    const found = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(found.map((each) => [each.name.value, each]));
  }

  ofOperation({ directives, variableDefinitions, selectionSet }: OperationDefinitionNode): Reach {
    this.#countDirectives(directives);
    for (const { defaultValue, directives } of variableDefinitions ?? []) {
      this.#countDirectives(directives);
      if (defaultValue) this.#countItems(defaultValue);
    }
    return this.#ofSelections(selectionSet);
  }

  ofFragment(name: string): Reach {
    const known = this.#reached.get(name);
    if (known) return known;
    // A fragment that spreads itself comes to nothing here: a rule of GraphQL's own refuses it.
    this.#reached.set(name, NOTHING);
    const fragment = this.fragments.get(name);
    if (!fragment) return NOTHING;
    this.#countDirectives(fragment.directives);
    const reach = this.#ofSelections(fragment.selectionSet);
    this.#reached.set(name, reach);
    return reach;
  }

  #ofSelections({ selections }: SelectionSetNode, scope: Scope = { seen: new Set(), on: "" }): Reach {
    let { depth, fields, width } = NOTHING;
    for (const selection of selections) {
      const reach = this.#ofSelection(selection, scope);
      depth = Math.max(depth, reach.depth);
      fields = safe(fields + reach.fields);
      width = safe(width + reach.width);
    }
    return { depth, fields, width };
  }

  #ofSelection(selection: SelectionNode, scope: Scope): Reach {
    this.#countDirectives(selection.directives);
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, scope);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(selection.name.value);
    const on = selection.typeCondition?.name.value ?? scope.on;
    return this.#ofSelections(selection.selectionSet, { seen: scope.seen, on });
  }

  #ofField(field: FieldNode, { seen, on }: Scope): Reach {
    if (field.alias) this.count.aliases++;
    const keys = [
      `${on}.${(field.alias ?? field.name).value}`,
      ...(isPlainValue(field) ? [`${on} ${field.name.value}`] : []),
    ];
    if (keys.some((key) => seen.has(key))) this.count.repeatedFields++;
    for (const key of keys) seen.add(key);
    for (const { value } of field.arguments ?? []) this.#countItems(value);
    const below = field.selectionSet ? this.#ofSelections(field.selectionSet) : NOTHING;
    return { depth: isIntrospection(field) ? 1 : below.depth + 1, fields: below.fields + 1, width: 1 };
  }

  #countDirectives(directives: readonly DirectiveNode[] = []): void {
    this.count.directives += directives.length;
    for (const each of directives) for (const { value } of each.arguments ?? []) this.#countItems(value);
  }

  #countItems(value: ValueNode): void {
    this.count.listItems = Math.max(this.count.listItems, longestList(value));
  }
}

const safe = (sum: number): number => Math.min(sum, Number.MAX_SAFE_INTEGER);

/** Without arguments it says the same under every alias, and costs nothing: a long text could be had many times. */
const isPlainValue = ({ selectionSet, arguments: args = [] }: FieldNode): boolean => !selectionSet && args.length === 0;

/** Fields of the schema itself have a limit of GraphQL's own, MaxIntrospectionDepthRule. */
const isIntrospection = ({ name }: FieldNode): boolean => name.value === "__schema" || name.value === "__type";

/** Length of the longest list of a literal, at any depth. */
function longestList(value: ValueNode): number {
  if (value.kind === Kind.OBJECT)
    return value.fields.reduce((most, each) => Math.max(most, longestList(each.value)), 0);
  if (value.kind !== Kind.LIST) return 0;
  return value.values.reduce((most, each) => Math.max(most, longestList(each)), value.values.length);
}

const EMPTY: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/**
 * Refuses documents of too large a shape. What is refused is taken out of the hands of the other rules, of which some
 * take as long as the square of what they look at: the visitor goes on with an empty document.
 */
export const ShapeRule: ValidationRule = (context: ValidationContext) => ({
  Document: {
    enter(document) {
      const excess = Object.entries(shapeOf(document)).filter(
        ([name, count]) => count > LIMITS[name as LimitName].most,
      );
      for (const [name, count] of excess) context.reportError(limitExceeded(name as LimitName, count));
      return excess.length > 0 ? EMPTY : undefined;
    },
  },
});
