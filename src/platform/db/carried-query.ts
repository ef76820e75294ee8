import { Query, type QueryResult } from "pg";

/** Name of the statement that every connection prepares when it opens. */
export const CARRIER = "carry";

/** Sets the organisation and forbids writing, for the length of the implicit transaction that it opens. */
export const CARRIER_TEXT =
  "select set_config('app.organization', $1, true), set_config('transaction_read_only', 'on', true)";

const TEXT_OID = 25;

/** The part of pg's connection that a query writes to. pg does not publish it; the conformance test pins it. */
interface Wire {
  parse(message: { name: string; text: string; types: number[] }): void;
  bind(message: { statement: string; values: unknown[] }): void;
  execute(message: object): void;
}

interface CarriedStatement {
  /** Undefined: nothing is prepared by name, as poolers before PgBouncer 1.21 need it. */
  name: string | undefined;
  text: string;
  values: readonly unknown[];
}

/**
 * A statement that carries its organisation: Bind and Execute of the carrier, then of the statement, then one Sync.
 * PostgreSQL runs the group as one implicit transaction, so that the setting is there for this statement and gone after.
 * The carrier's own result is passed over. It is prepared when a connection opens, never in the group: pg would take its
 * ParseComplete for the statement's.
 */
export class CarriedQuery extends Query {
  #carrying = true;

  constructor(
    readonly organizationId: string,
    readonly statement: CarriedStatement,
    callback: (error: Error | null, result: QueryResult) => void,
  ) {
    // `extended` keeps a statement without values off the simple protocol, which could not carry.
    super({ ...statement, values: [...statement.values], queryMode: "extended", callback } as never);
  }

  // pg's Query sends itself through these four; its types leave them out.
  prepare(wire: Wire): void {
    const carrier = this.statement.name ? CARRIER : "";
    if (!carrier) wire.parse({ name: carrier, text: CARRIER_TEXT, types: [TEXT_OID] });
    wire.bind({ statement: carrier, values: [this.organizationId] });
    wire.execute({});
    pgQuery.prepare.call(this, wire);
  }

  handleDataRow(message: unknown): void {
    if (!this.#carrying) pgQuery.handleDataRow.call(this, message);
  }

  handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#carrying) this.#carrying = false;
    else pgQuery.handleCommandComplete.call(this, message, wire);
  }
}

const pgQuery = Query.prototype as unknown as {
  prepare(wire: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
};
