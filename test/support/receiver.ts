import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createRawServer, type Socket } from "node:net";

/** What a receiver was sent. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** What it answered; null where it answered nothing. */
  status: number | null;
}

/** Answers one request, or leaves it hanging. */
export type Answering = (response: ServerResponse, request: Omit<Received, "status">) => void;

export interface Receiver {
  url: string;
  port: number;
  /** In the order in which they came in whole. */
  received: Received[];
  /** Decides from now on. */
  answer(how: Answering): void;
  close(): Promise<void>;
}

export const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end();

/** A receiver on a loopback port of its own. */
export async function openReceiver(first: Answering = status(204)): Promise<Receiver> {
  let answering = first;
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const sent = { path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() };
    const entry: Received = { ...sent, status: null };
    received.push(entry);
    response.once("finish", () => {
      entry.status = response.statusCode;
    });
    answering(response, sent);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    received,
    answer: (how) => {
      answering = how;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server that does with its connections what it likes. */
export async function openRawServer(meet: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    meet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    sockets,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
