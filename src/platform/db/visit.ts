import { monotonicMilliseconds } from "../time";
import type { Database } from "./database";
import type { Position, Replica } from "./replica";
import type { EndedStatement, Place, Told } from "./told";

/** Statements that are kept of one request; of more, the number. */
const MOST_KEPT = 200;

/** What one request asks of the database, and where it may read. */
export class Visit {
  /** Milliseconds of the monotonic clock. */
  readonly began = monotonicMilliseconds();
  /** The first ones to end. */
  readonly statements: EndedStatement[] = [];
  /** Of all, also those that are not kept. */
  statementCount = 0;
  /** The database, for this request alone. */
  readonly database: Database;
  #place: Place = "PRIMARY";
  #position: Promise<Position> | undefined;

  constructor(
    readonly whole: Database,
    readonly replica: Replica | null,
  ) {
    const told = whole.toldTo((statement) => this.#keep(statement));
    this.database = replica ? { ...told, ...this.#places(told, replica) } : told;
  }

  /** The operation is a query: unless it writes all the same, it may read from the replica. */
  onlyReads(): void {
    if (this.replica) this.#place = "REPLICA";
  }

  #places(primary: Database, replica: Replica): Pick<Database, "read" | "write" | "rehearse"> {
    const visit = this;
    return {
      async read(organizationId, text, values, signal) {
        if (visit.#place === "REPLICA") {
          const position = () => visit.#positionOf(replica);
          const rows = await replica.read<never>({ position, organizationId, text, values, signal, told: visit.#told });
          if (rows) return rows;
          visit.#place = "PRIMARY";
        }
        return primary.read(organizationId, text, values, signal);
      },
      write(organizationId, work) {
        visit.#place = "PRIMARY";
        return primary.write(organizationId, work);
      },
      rehearse(organizationId, work) {
        visit.#place = "PRIMARY";
        return primary.rehearse(organizationId, work);
      },
    };
  }

  /** Once for all that the operation reads: it sees no less than there was when it began. */
  #positionOf(replica: Replica): Promise<Position> {
    this.#position ??= replica.position();
    return this.#position;
  }

  get #told(): Told {
    return (statement) => {
      this.whole.told?.(statement);
      this.#keep(statement);
    };
  }

  #keep(statement: EndedStatement): void {
    this.statementCount++;
    if (this.statements.length < MOST_KEPT) this.statements.push(statement);
  }
}
