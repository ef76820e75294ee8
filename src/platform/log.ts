import pino, { type DestinationStream, type Logger } from "pino";

/** What a line of the log never shows, should anybody log it. */
const SECRETS = ["authorization", "cookie", "token", "secret", "password"].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
  `*["x-${name}"]`,
]);

/** Of an error of ours, of Node's, of pg's: what says what went wrong, without the values that it went wrong with. */
const TOLD = ["code", "severity", "schema", "table", "column", "constraint", "routine", "statusCode", "query"] as const;

type Failure = Partial<Record<(typeof TOLD)[number], unknown>> & { name?: string; message?: string; stack?: string };

/**
 * An error as the log tells it: TypeORM's and pg's carry the parameters of the statement and the row at fault, which are
 * people's.
 */
function described(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack }: Failure = error;
  const told = TOLD.map((key) => [key, (error as Failure)[key]]).filter(([, value]) => value !== undefined);
  const cause = error.cause === undefined ? {} : { cause: described(error.cause) };
  return { type: name, message, stack, ...Object.fromEntries(told), ...cause };
}

/** The server's log: JSON lines, of `level` and above. */
export const newLogger = (level: string, destination?: DestinationStream): Logger =>
  pino({ level, redact: { paths: SECRETS, censor: "[hidden]" }, serializers: { err: described } }, destination);
