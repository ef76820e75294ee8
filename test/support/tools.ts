import type { Tools } from "../../src/platform/jobs/job";

/** For jobs that reach out to nobody. */
export const TOOLS: Tools = {
  mailer: {
    send: () => Promise.reject(new Error("Nobody was to be written to")),
    close: () => undefined,
  },
  outbound: { allowed: [], haste: 1 },
  publicUrl: "http://assay.example",
};
