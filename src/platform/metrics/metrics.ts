import type { Pool } from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { EndedStatement } from "../db/told";
import { BoundedNames } from "./bounded-names";
import { gaugeJobs } from "./job-gauges";
import { registeredTallies } from "./tally";

/** An operation that was answered. */
export interface EndedOperation {
  /** A client's word. */
  readonly name: string | null | undefined;
  /** Undefined where the document could not be read. */
  readonly type: "query" | "mutation" | "subscription" | undefined;
  readonly milliseconds: number;
}

/** What this process can tell of itself. */
export interface Metrics {
  operationEnded(operation: EndedOperation): void;
  /** `code` of an error in an answer. */
  errorAnswered(code: string): void;
  statementEnded(statement: EndedStatement): void;
  /** In the text format of Prometheus. */
  text(): Promise<{ text: string; contentType: string }>;
}

interface Sources {
  /** By their names. */
  pools: Readonly<Record<string, Pick<Pool, "totalCount" | "idleCount" | "waitingCount">>>;
  /** Of the worker's login, for what waits in the queue; untold where there is none. */
  queue?: Pool;
}

/** Each has a histogram of its own: 14 lines of /metrics. */
const MOST_OPERATIONS = 200;
const MOST_CODES = 200;

/** In seconds. */
const BUCKETS = {
  operation: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  statement: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
};

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** Begins to measure the process. */
export function openMetrics({ pools, queue }: Sources): Metrics {
  const register = new Registry();
  const registers = [register];
  const [names, codes] = [new BoundedNames(MOST_OPERATIONS), new BoundedNames(MOST_CODES)];
  const operations = new Histogram({
    name: "assay_operation_seconds",
    help: "Time from the arrival of an operation to its answer, sign-in included.",
    labelNames: ["operation", "type"] as const,
    buckets: BUCKETS.operation,
    registers,
  });
  const errors = new Counter({
    name: "assay_errors_total",
    help: "Errors in answers, by their code. User errors of mutations are none.",
    labelNames: ["code"] as const,
    registers,
  });
  const statements = new Histogram({
    name: "assay_statement_seconds",
    help: "Time of a statement, the wait for a connection included.",
    labelNames: ["place"] as const,
    buckets: BUCKETS.statement,
    registers,
  });
  gaugePools(pools, registers);
  countTallies(registers);
  if (queue) gaugeJobs(queue, registers);
  collectDefaultMetrics({ register });
  return {
    operationEnded: ({ name, type = "query", milliseconds }) =>
      operations.observe({ operation: names.labelOf(name), type }, seconds(milliseconds)),
    errorAnswered: (code) => errors.inc({ code: codes.labelOf(code) }),
    statementEnded: ({ place, milliseconds }) =>
      statements.observe({ place: place.toLowerCase() }, seconds(milliseconds)),
    text: async () => ({ text: await register.metrics(), contentType: register.contentType }),
  };
}

function gaugePools(pools: Sources["pools"], registers: Registry[]): void {
  new Gauge({
    name: "assay_pool_connections",
    help: "Connections of a pool: all of them, those that are idle; and requests that wait for one.",
    labelNames: ["pool", "state"] as const,
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
        this.set({ pool, state: "total" }, totalCount);
        this.set({ pool, state: "idle" }, idleCount);
        this.set({ pool, state: "waiting" }, waitingCount);
      }
    },
  });
}

function countTallies(registers: Registry[]): void {
  for (const { name, meaning, label, counts } of registeredTallies()) {
    new Counter({
      name,
      help: meaning,
      labelNames: [label],
      registers,
      collect() {
        this.reset();
        for (const [kind, times] of counts) this.inc({ [label]: kind }, times);
      },
    });
  }
}
