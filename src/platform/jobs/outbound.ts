/** The addresses of a host, all of them. @throws where there are none */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** How this server calls others. */
export interface Outbound {
  /** Hosts and addresses that may be called though they are private, for development: `localhost`, `127.0.0.1:8080`. */
  readonly allowed: readonly string[];
  /** By how much retries come faster than they are said to; 1 but in tests. */
  readonly haste: number;
  /** For a whole exchange, from the host's name to the end of the answer; 15 s where it is left out. */
  readonly timeoutMilliseconds?: number;
  /** The system's resolver where it is left out. */
  readonly resolve?: Resolve;
}

const TIMEOUT_MILLISECONDS = 15_000;

export const timeoutOf = ({ timeoutMilliseconds = TIMEOUT_MILLISECONDS }: Outbound): number => timeoutMilliseconds;

let settings: Outbound = Object.freeze({ allowed: [], haste: 1 });

/** Called once when the program starts: for what calls others in the request itself. Until then only the public internet may be called. */
export function registerOutbound(outbound: Outbound): void {
  settings = outbound;
}

export const registeredOutbound = (): Outbound => settings;
