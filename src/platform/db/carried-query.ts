import { Query, type QueryResult } from "pg";

/** A statement that is run before another one, in the same implicit transaction. */
export interface Carrier {
  /** Under which every connection prepares it when it opens, where statements have names. */
  readonly name: string;
  readonly text: string;
  /** Of its parameters: what PostgreSQL calls their object ids. */
  readonly types: readonly number[];
  /** Values with which it can be prepared. */
  readonly sample: readonly string[];
}

const TEXT_OID = 25;

/** Sets the organisation and forbids writing, for the length of the implicit transaction that it opens. */
export const CARRIER: Carrier = {
  name: "carry",
  text: "select set_config('app.organization', $1, true), set_config('transaction_read_only', 'on', true)",
  types: [TEXT_OID],
  sample: [""],
};

/** A carrier with its values, and who hears what it answers, cell by cell. */
interface Carried {
  readonly carrier: Carrier;
  readonly values: readonly string[];
  readonly heard?: (cells: readonly (string | null)[]) => void;
}

/** What carries a statement on the primary. */
export const carryAs = (organizationId: string): Carried => ({ carrier: CARRIER, values: [organizationId] });

/** The part of pg's connection that a query writes to. pg does not publish it; the conformance test pins it. */
interface Wire {
  parse(message: { name: string; text: string; types: readonly number[] }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  execute(message: object): void;
}

interface DataRow {
  readonly fields: readonly (string | null)[];
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
 * The carrier's own result is kept apart. It is prepared when a connection opens, never in the group: pg would take its
 * ParseComplete for the statement's.
 */
export class CarriedQuery extends Query {
  #carrying = true;

  constructor(
    readonly carried: Carried,
    readonly statement: CarriedStatement,
    callback: (error: Error | null, result: QueryResult) => void,
  ) {
    // `extended` keeps a statement without values off the simple protocol, which could not carry.
    super({ ...statement, values: [...statement.values], queryMode: "extended", callback } as never);
  }

  // pg's Query sends itself through these four; its types leave them out.
  prepare(wire: Wire): void {
    const { carrier, values } = this.carried;
    const name = this.statement.name ? carrier.name : "";
    if (!name) wire.parse({ name, text: carrier.text, types: carrier.types });
    wire.bind({ statement: name, values });
    wire.execute({});
    pgQuery.prepare.call(this, wire);
  }

  handleDataRow(message: DataRow): void {
    if (this.#carrying) this.carried.heard?.(message.fields);
    else pgQuery.handleDataRow.call(this, message);
  }

  handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#carrying) this.#carrying = false;
    else pgQuery.handleCommandComplete.call(this, message, wire);
  }
}

const pgQuery = Query.prototype as unknown as {
  prepare(wire: Wire): void;
  handleDataRow(message: DataRow): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
};
