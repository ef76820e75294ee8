import { Connection, type PoolClient } from "pg";

/** How long PostgreSQL may take to hear of it. */
const PATIENCE_MILLISECONDS = 5_000;

/** What pg's types leave out. */
interface Running {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean | object;
  readonly processID: number;
  readonly secretKey: number;
}

interface Wire extends Connection {
  readonly stream: Connection["stream"] & { setTimeout(milliseconds: number, heard: () => void): void };
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
}

/**
 * Asks PostgreSQL to cancel what a client runs, over a connection of its own; a PgBouncer in between passes it on.
 * Settles when PostgreSQL has sent the signal, or cannot be reached, and never fails. Until then the client must not be
 * lent again: the signal would hit whatever it runs next.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
function cancelRunning(client: PoolClient): Promise<void> {
  const { host, port, ssl, processID, secretKey } = client as unknown as Running;
  const wire = new Connection({ ssl } as never) as Wire;
  return new Promise((settled) => {
    wire.on("error", () => wire.stream.destroy());
    wire.once("end", settled);
    wire.once("connect", () => (ssl ? wire.requestSsl() : wire.cancel(processID, secretKey)));
    wire.once("sslconnect", () => wire.cancel(processID, secretKey));
    if (host.startsWith("/")) wire.connect(`${host}/.s.PGSQL.${port}`);
    else wire.connect(port, host);
    wire.stream.setTimeout(PATIENCE_MILLISECONDS, () => wire.stream.destroy());
  });
}

/** From now on an abort cancels what the client runs, until it is over: then the client may be lent once what `over` answers has settled. */
export function cancelledBy(signal: AbortSignal, client: PoolClient): { over(): Promise<void> | undefined } {
  let cancelling: Promise<void> | undefined;
  const cancel = () => {
    cancelling = cancelRunning(client);
  };
  signal.addEventListener("abort", cancel, { once: true });
  return {
    over: () => {
      signal.removeEventListener("abort", cancel);
      return cancelling;
    },
  };
}
