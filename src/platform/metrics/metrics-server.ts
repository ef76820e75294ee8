import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "./metrics";

interface Place {
  host: string;
  /** 0: any that is free. */
  port: number;
}

export interface MetricsServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Tells the metrics to whoever reaches the place: it is never the one that the API is served on. */
export async function serveMetrics({ text }: Metrics, { host, port }: Place): Promise<MetricsServer> {
  const server = createServer(async (request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") return void response.writeHead(404).end();
    try {
      const told = await text();
      response.writeHead(200, { "content-type": told.contentType }).end(told.text);
    } catch {
      response.writeHead(500).end();
    }
  });
  server.listen(port, host);
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE"
      ? new Error(`Port ${port} is taken: set ASSAY_METRICS_PORT to another one.`)
      : error;
  });
  const { address, port: actual, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${actual}/metrics`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
