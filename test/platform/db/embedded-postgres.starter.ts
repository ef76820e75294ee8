import { startEmbeddedPostgres } from "../../../src/platform/db/embedded-postgres";

/**
 * A process of its own for the tests: `tsx embedded-postgres.starter.ts <directory> [leave]`.
 * Tells how it started, then stops the server once its input ends; with `leave` it does nothing more and so ends by itself.
 */
async function startAndTell(directory: string, ending: string | undefined) {
  const server = await startEmbeddedPostgres({ directory, durable: false });
  process.stdout.write(`${JSON.stringify({ pid: server.pid, reused: server.reused, url: server.url("postgres") })}\n`);
  if (ending !== "leave") process.stdin.resume().on("end", () => server.stop());
}

void startAndTell(process.argv[2]!, process.argv[3]);
