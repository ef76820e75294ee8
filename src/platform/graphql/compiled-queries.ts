import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { RecentlyUsed } from "../recently-used";
import { codeSize } from "./code-size";

/** Compiling holds everybody up for about 0.1 ms a field. The screens of the demo have 20 to 170, introspection 220. */
const MOST_FIELDS = 500;
/** Of all that is kept, some 300 queries: a field takes 1 to 4 kB. */
const MOST_FIELDS_KEPT = 30_000;
/** What comes once or twice was not worth it. */
const COMPILED_AT = 3;

interface Compiled {
  readonly query: CompiledQuery;
  readonly fields: number;
}

/** Queries compiled by graphql-jit: those that come again and again, and are small once they are written out. */
export class CompiledQueries {
  readonly #kept: RecentlyUsed<OperationDefinitionNode, Compiled>;
  /** How often each came. The documents are held by their store, and this goes with them. */
  readonly #comings = new WeakMap<OperationDefinitionNode, number>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly compile: typeof compileQuery = compileQuery,
    mostFieldsKept = MOST_FIELDS_KEPT,
  ) {
    this.#kept = new RecentlyUsed({
      most: mostFieldsKept,
      weightOf: ({ fields }) => fields,
      forgotten: (operation) => this.#comings.delete(operation),
    });
  }

  /** The compiled query; null where it is to be executed plainly. */
  of(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | null {
    const known = this.#kept.get(operation);
    if (known) return known.query;
    const comings = (this.#comings.get(operation) ?? 0) + 1;
    this.#comings.set(operation, comings);
    // What is too large, or cannot be compiled, is looked at once.
    return comings === COMPILED_AT ? this.#made(document, operation) : null;
  }

  #made(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | null {
    // graphql-jit goes on with the next mutation after one has failed.
    if (operation.operation !== "query") return null;
    const fields = codeSize(this.schema, document, operation);
    if (fields > MOST_FIELDS) return null;
    const query = this.compile(this.schema, document, operation.name?.value);
    if (!isCompiledQuery(query)) return null;
    this.#kept.set(operation, { query, fields });
    return query;
  }
}
