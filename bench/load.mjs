/**
 * The process that asks, apart from the run so that neither waits for the other. It speaks HTTP over plain sockets: a
 * client that cost as much as the server would hide what is between two fast ones.
 */
import { connect } from "node:net";

const HEAD_END = "\r\n\r\n";
const LAST_CHUNK = "\r\n0\r\n\r\n";

/** A request, written once. */
function written({ host, pathname }, { body, token }) {
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    "content-type: application/json",
    "accept: application/json",
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(head.join("\r\n") + HEAD_END + body);
}

/** Whether the chunks that came hold a whole answer. */
class Answer {
  #head = "";
  /** Bytes of the body that are still to come; NaN until the head is there, -1 where the body comes in chunks. */
  #missing = Number.NaN;
  ok = false;
  /** Of the body, in bytes; 0 where it came in chunks. */
  length = 0;

  take(chunk) {
    if (Number.isNaN(this.#missing)) return this.#begin(chunk);
    if (this.#missing < 0) return chunk.subarray(-LAST_CHUNK.length).latin1Slice().endsWith("0\r\n\r\n");
    this.#missing -= chunk.length;
    return this.#missing === 0;
  }

  #begin(chunk) {
    this.#head += chunk.latin1Slice();
    const end = this.#head.indexOf(HEAD_END);
    if (end < 0) return false;
    const [head, body] = [this.#head.slice(0, end).toLowerCase(), this.#head.slice(end + HEAD_END.length)];
    this.ok = head.startsWith("http/1.1 200") && !body.slice(0, 20).includes('"errors"');
    this.length = Number(/content-length: *(\d+)/.exec(head)?.[1] ?? 0);
    this.#missing = this.length > 0 ? this.length - body.length : -1;
    return this.#missing === 0 || (this.#missing < 0 && body.endsWith(LAST_CHUNK));
  }
}

/** One connection that is kept alive, with one request at a time. */
function line({ hostname, port }) {
  const socket = connect({ host: hostname, port, noDelay: true });
  let answer = null;
  let settle = null;
  socket.on("data", (chunk) => {
    if (answer?.take(chunk)) settle.resolve(answer);
  });
  socket.on("error", (error) => settle?.reject(error));
  socket.on("close", () => settle?.reject(new Error("the server closed the connection")));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        answer = new Answer();
        settle = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      settle = null;
      socket.destroy();
    },
  };
}

/**
 * Asks one request after the other on each connection until the time is over, from the first request again unless each is
 * to be sent `once`. An answer is as long as it was before, or something is wrong.
 */
async function load({ url, requests, connections, milliseconds, once }) {
  const address = new URL(url);
  const texts = requests.map((request) => written(address, request));
  const lengths = [];
  const latencies = [];
  const lines = Array.from({ length: connections }, () => line(address));
  const begun = performance.now();
  let next = 0;
  await Promise.all(
    lines.map(async (each) => {
      for (let now = performance.now(); now < begun + milliseconds && !(once && next === texts.length); ) {
        const nth = next++ % texts.length;
        const { ok, length } = await each.ask(texts[nth]);
        lengths[nth] ??= length;
        if (!ok || length !== lengths[nth]) throw new Error(`request ${nth} was not answered as it should be`);
        const then = performance.now();
        latencies.push(then - now);
        now = then;
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  for (const each of lines) each.close();
  return { answered: latencies.length, seconds, ...percentiles(latencies) };
}

function percentiles(latencies) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

process.on("message", (wish) => {
  load(wish).then(
    (answer) => process.send(answer),
    (error) => process.send({ fault: `${wish.url}: ${error.message}` }),
  );
});
