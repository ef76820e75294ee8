import type { Outbound } from "../../src/platform/jobs/outbound";

/** A day is 24 s, and a call may take a second. */
export const HASTY: Outbound = { allowed: ["127.0.0.1"], haste: 3600, timeoutMilliseconds: 1000 };
