import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { type Outbound, timeoutOf } from "../jobs/outbound";
import { monotonicMilliseconds } from "../time";
import { type Target, TargetRefused, targetOf } from "./outbound-target";
import { plainAddress } from "./public-address";

export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a call. Where an answer began to come, its status is there, whether it ended or not. */
export interface Exchange {
  readonly status: number | null;
  readonly headers: IncomingHttpHeaders | null;
  /** What of the answer was read. */
  readonly body: string | null;
  /** Why no answer came; null where one did. */
  readonly failure: string | null;
  readonly durationMilliseconds: number;
}

type Outcome = Omit<Exchange, "durationMilliseconds">;

/** Of an answer, then the connection is closed: nobody makes the server read for ever. */
const MOST_BYTES = 65_536;

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The connection was refused.",
  ECONNRESET: "The connection was closed before an answer came.",
  EHOSTUNREACH: "The host cannot be reached.",
  ENETUNREACH: "The host cannot be reached.",
  EPIPE: "The connection was closed before an answer came.",
  ETIMEDOUT: "The connection was not made in time.",
};

const silent = (failure: string): Outcome => ({ status: null, headers: null, body: null, failure });

/** Posts a body, within the time that a call may take. Redirects are not followed. Never throws. */
export async function post(outbound: Outbound, call: Call): Promise<Exchange> {
  const begun = monotonicMilliseconds();
  const timeout = timeoutOf(outbound);
  const signal = AbortSignal.timeout(timeout);
  const outcome = await Promise.race([
    targetOf(outbound, call.url).then((target) => exchange(target, call, signal)),
    late(signal, timeout),
  ]).catch((error) => silent(failureOf(error, signal, timeout)));
  return { ...outcome, durationMilliseconds: Math.round(monotonicMilliseconds() - begun) };
}

const lateness = (timeout: number): string => `No answer came within ${timeout / 1000} s.`;

/** For a resolver that hangs: the exchange itself hears of the signal and tells what has come. */
const late = (signal: AbortSignal, timeout: number): Promise<Outcome> =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => setImmediate(() => resolve(silent(lateness(timeout)))), { once: true });
  });

function failureOf(error: unknown, signal: AbortSignal, timeout: number): string {
  if (error instanceof TargetRefused) return error.message;
  if (signal.aborted) return lateness(timeout);
  const code = String((error as { code?: unknown }).code ?? "");
  if (code.startsWith("HPE_")) return "What came is not an answer in HTTP.";
  if (/CERT|SSL|TLS|SELF_SIGNED|ALTNAME/.test(code)) return `Its certificate was not accepted (${code}).`;
  return FAILURES[code] ?? `The call failed${code ? ` (${code})` : ""}.`;
}

/** Connects to an address that was checked, whatever the host's name leads to meanwhile. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_, { all }, found) => {
    const known = addresses.map((address) => ({ address, family: isIP(address) }));
    if (all) found(null, known);
    else found(null, known[0]!.address, known[0]!.family);
  };

function exchange({ url, addresses }: Target, { headers, body }: Call, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const options = { method: "POST", agent: false, lookup: pinned(addresses), signal };
    const request = send(url, {
      ...options,
      headers: { ...headers, "content-length": Buffer.byteLength(body), connection: "close" },
    });
    let answered = false;
    request.on("response", (response) => {
      answered = true;
      read(response, signal).then(resolve);
    });
    // What breaks later breaks the answer too, which tells what has come.
    request.on("error", (error) => answered || reject(error));
    watched(request, addresses);
    request.end(body);
  });
}

/** Ends the call where the connection leads elsewhere all the same, before anything is sent. */
function watched(request: ClientRequest, addresses: readonly string[]): void {
  request.on("socket", (socket) => {
    socket.once("connect", () => {
      if (!addresses.includes(plainAddress(socket.remoteAddress ?? "")))
        request.destroy(
          new TargetRefused("TARGET_NOT_ALLOWED", "The connection led to another address than was checked."),
        );
    });
  });
}

/** Reads what comes, up to a limit or to the end of the time. The status is known already: it stands. */
function read(response: IncomingMessage, signal: AbortSignal): Promise<Outcome> {
  const { statusCode = null, headers } = response;
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    const finish = () => {
      response.destroy();
      const body = Buffer.concat(chunks).subarray(0, MOST_BYTES).toString("utf8");
      resolve({ status: statusCode, headers, body, failure: null });
    };
    signal.addEventListener("abort", finish, { once: true });
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MOST_BYTES) finish();
    });
    response.on("end", finish);
    response.on("error", finish);
    response.on("close", finish);
  });
}
