import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import { Gauge, type Registry } from "prom-client";
import { type JobCounts, jobCounts } from "./queue-counts";

/** Whoever scrapes waits for ten seconds or so, and is to hear of the rest. */
const PATIENCE_MILLISECONDS = 3_000;

/** What waits in the queue. Where the queue does not answer, nothing is told of it. */
export function gaugeJobs(queue: Pool, registers: Registry[]): void {
  const ask = async (): Promise<JobCounts[]> =>
    Promise.race([jobCounts(queue), delay(PATIENCE_MILLISECONDS, [], { ref: false })]).catch(() => []);
  /** One question for each scrape: the registry collects in the order in which the gauges are made. */
  let asked = Promise.resolve<JobCounts[]>([]);
  new Gauge({
    name: "assay_jobs",
    help: "Jobs of all servers: waiting (due, not begun), scheduled (for later), running.",
    labelNames: ["job", "state"] as const,
    registers,
    async collect() {
      asked = ask();
      const counts = await asked;
      this.reset();
      for (const { job, overdue: _, ...states } of counts) {
        for (const [state, number] of Object.entries(states)) this.set({ job, state }, number);
      }
    },
  });
  new Gauge({
    name: "assay_jobs_overdue_seconds",
    help: "For how long the first of the jobs that wait has been due.",
    labelNames: ["job"] as const,
    registers,
    async collect() {
      const counts = await asked;
      this.reset();
      for (const { job, overdue } of counts) this.set({ job }, overdue);
    },
  });
}
