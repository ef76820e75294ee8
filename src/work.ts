import type { Logger } from "pino";
import type { Config } from "./platform/config";
import type { Database } from "./platform/db/database";
import type { Tools } from "./platform/jobs/job";
import type { Outbound } from "./platform/jobs/outbound";
import type { Queue } from "./platform/jobs/queue";
import { startWorker, type Worker } from "./platform/jobs/worker";
import type { Mailer } from "./platform/mail/mailer";
import { mailer } from "./platform/mail/open-mailer";
import { slices } from "./slices";

interface Workplace {
  database: Database;
  queue: Queue;
  /** On which the server listens. */
  port: number;
  logger: Logger;
}

/** Works off jobs, with what they reach the world with. */
export async function work(config: Config, { database, queue, port, logger }: Workplace): Promise<Worker> {
  const log = logTo(logger);
  const tools = toolsOf(config, port, logger);
  const worker = await startWorker({ database, queue, slices, tools, log, concurrency: config.jobsAtATime });
  return {
    stop: async () => {
      await worker.stop();
      tools.mailer.close();
    },
  };
}

/** What jobs reach the world with. */
const toolsOf = (config: Config, port: number, logger: Logger): Tools => ({
  mailer: mailerOf(config, logger),
  outbound: outboundOf(config),
  publicUrl: publicUrlOf(config, port),
});

/** That mails stay at home is news on a database of one's own, and the custom without. */
const mailerOf = ({ smtpUrl, mailFrom: from, directory, databaseUrl }: Config, logger: Logger): Mailer =>
  mailer({ smtpUrl, from, directory, log: (line) => (databaseUrl ? logger.warn(line) : logger.info(line)) });

export const outboundOf = ({ outboundAllowed: allowed }: Config): Outbound => ({ allowed, haste: 1 });

export const publicUrlOf = ({ publicUrl }: Config, port: number): string => publicUrl ?? `http://localhost:${port}`;

export const logTo = (logger: Logger) => (message: string, error: unknown) => logger.error({ err: error }, message);
