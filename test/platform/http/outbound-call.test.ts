import type { Socket } from "node:net";
import { post } from "../../../src/platform/http/outbound-call";
import type { Outbound } from "../../../src/platform/jobs/outbound";
import { openRawServer, openReceiver, status } from "../../support/receiver";

const CALL = { headers: { "content-type": "application/json" }, body: '{"a":"ä"}' };
const LOCAL: Outbound = { allowed: ["127.0.0.1"], haste: 1, timeoutMilliseconds: 400 };

const open = new Set<{ close(): Promise<void> }>();

afterEach(async () => {
  for (const each of open) await each.close();
  open.clear();
});

async function opened<S extends { close(): Promise<void> }>(opening: Promise<S>): Promise<S> {
  const server = await opening;
  open.add(server);
  return server;
}

/** What becomes of a call to a server that meets it so. */
async function met(meet: (socket: Socket) => void) {
  const server = await opened(openRawServer(meet));
  return { server, exchange: await post(LOCAL, { ...CALL, url: server.url }) };
}

test("posts the body, and tells what came back", async () => {
  const receiver = await opened(
    openReceiver((response) => void response.writeHead(202, { "x-seen": "yes" }).end("Thank you.")),
  );
  const exchange = await post(LOCAL, { ...CALL, url: receiver.url });
  expect(exchange).toMatchObject({ status: 202, body: "Thank you.", failure: null, headers: { "x-seen": "yes" } });
  expect(receiver.received).toMatchObject([
    { path: "/hooks", body: CALL.body, headers: { host: `127.0.0.1:${receiver.port}`, "content-length": "10" } },
  ]);
});

test("does not follow a redirect", async () => {
  const elsewhere = await opened(openReceiver());
  const receiver = await opened(openReceiver(status(307, { location: elsewhere.url })));
  expect(await post(LOCAL, { ...CALL, url: receiver.url })).toMatchObject({ status: 307, failure: null });
  expect(elsewhere.received).toEqual([]);
});

describe("a receiver that does not answer", () => {
  test("by hanging is left", async () => {
    const { exchange } = await met(() => undefined);
    expect(exchange).toMatchObject({ status: null, failure: "No answer came within 0.4 s." });
  });

  test("by dripping headers for ever is left", async () => {
    const { exchange } = await met((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const drip = setInterval(() => socket.write("x-drip: drop\r\n"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    expect(exchange).toMatchObject({ status: null, failure: "No answer came within 0.4 s." });
  });

  test.each([
    ["garbage", (socket: Socket) => void socket.end("💥 not HTTP\r\n\r\n"), "What came is not an answer in HTTP."],
    [
      "endless headers",
      (socket: Socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}`),
      "What came is not an answer in HTTP.",
    ],
    ["an end", (socket: Socket) => void socket.end(), "The connection was closed before an answer came."],
    ["a reset", (socket: Socket) => void socket.resetAndDestroy(), "The connection was closed before an answer came."],
  ])("but with %s is said to", async (_, meet, failure) => {
    const { exchange } = await met(meet);
    expect(exchange).toMatchObject({ status: null, body: null, failure });
  });

  test("since nobody listens is said to", async () => {
    const server = await openRawServer(() => undefined);
    await server.close();
    const exchange = await post(LOCAL, { ...CALL, url: server.url });
    expect(exchange).toMatchObject({ status: null, failure: "The connection was refused." });
  });

  test("for its certificate is nobody's is said to", async () => {
    const server = await opened(openRawServer((socket) => void socket.end("no TLS")));
    const exchange = await post(LOCAL, { ...CALL, url: server.url.replace("http:", "https:") });
    expect(exchange).toMatchObject({ status: null, failure: expect.stringMatching(/certificate|call failed/) });
  });
});

describe("a receiver that answers without end", () => {
  test("of 1 GB is read up to 64 kB, then the connection is closed", async () => {
    const chunk = Buffer.alloc(65_536, "x");
    let sent = 0;
    const { server, exchange } = await met((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${2 ** 30}\r\n\r\n`);
      const more = () => {
        while (sent < 2 ** 30 && !socket.destroyed) {
          sent += chunk.length;
          if (!socket.write(chunk)) return void socket.once("drain", more);
        }
      };
      more();
    });
    expect(exchange).toMatchObject({ status: 200, failure: null });
    expect(exchange.body).toHaveLength(65_536);
    expect(sent).toBeLessThan(2 ** 26);
    const [socket] = server.sockets;
    await new Promise((closed) => (socket!.destroyed ? closed(null) : socket!.once("close", closed)));
  });

  test("drop by drop is left in time; its status stands", async () => {
    const { exchange } = await met((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
      const drip = setInterval(() => socket.write("1\r\nx\r\n"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    expect(exchange).toMatchObject({ status: 200, failure: null, body: expect.stringMatching(/^x+$/) });
  });

  test("but with a broken end is taken at its status", async () => {
    const { exchange } = await met((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf");
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    expect(exchange).toMatchObject({ status: 200, failure: null, body: "half" });
  });
});

describe("a resolver", () => {
  const resolving = (...answers: (readonly string[])[]): Outbound & { asked: () => number } => {
    let asked = 0;
    const resolve = async () => answers[Math.min(asked++, answers.length - 1)]!;
    return { allowed: [], haste: 1, timeoutMilliseconds: 400, resolve, asked: () => asked };
  };

  test("that changes its answer is asked once a call: what was checked is what is called", async () => {
    const inside = await opened(openReceiver());
    const url = `https://hooks.example.org:${inside.port}/`;
    // Public when it is checked, though given to nobody; loopback whenever it is asked again.
    const outbound = resolving(["2000::1"], ["127.0.0.1"]);
    const first = await post(outbound, { ...CALL, url });
    expect(outbound.asked()).toBe(1);
    expect(first.status).toBeNull();
    const second = await post(outbound, { ...CALL, url });
    expect(second).toMatchObject({
      status: null,
      failure: "The host leads to an address that is not on the public internet.",
    });
    expect(inside.received).toEqual([]);
  });

  test("of an allowed host says where the connection goes, and its name stays in the request", async () => {
    const receiver = await opened(openReceiver());
    const outbound = { ...resolving(["127.0.0.1"]), allowed: ["hooks.example.org"] };
    const exchange = await post(outbound, { ...CALL, url: `http://hooks.example.org:${receiver.port}/` });
    expect(exchange).toMatchObject({ status: 204 });
    expect(receiver.received[0]!.headers.host).toBe(`hooks.example.org:${receiver.port}`);
  });

  test("that hangs is left in time", async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const outbound = { allowed: [], haste: 1, timeoutMilliseconds: 100, resolve };
    const exchange = await post(outbound, { ...CALL, url: "https://hooks.example.org/" });
    expect(exchange).toMatchObject({ status: null, failure: "No answer came within 0.1 s." });
  });
});
