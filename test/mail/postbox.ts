import { contextOf } from "../../src/platform/context";
import type { Database } from "../../src/platform/db/database";
import { allRows, organizationReader } from "../../src/platform/db/reader";
import type { Errand, Job, Task } from "../../src/platform/jobs/job";
import { JournalEntry } from "../../src/platform/journal/journal.entity";
import type { Mail } from "../../src/platform/mail/mailer";
import { slices } from "../../src/slices";

export const PUBLIC_URL = "https://assay.acme.example";

/** The jobs that mails are about; what else follows from the journal is tried elsewhere. */
const JOBS = new Map<string, Job>(
  slices.flatMap(({ jobs = {} }) => Object.entries(jobs)).filter(([name]) => /\.(tell|mail)[A-Z]/.test(name)),
);

export interface Postbox {
  /** The mails that follow from what has happened since the last call, in order of names, then subjects. */
  mails(now?: Date): Promise<Mail[]>;
  /** The same as `Subject -> name`. */
  told(now?: Date): Promise<string[]>;
  /** Runs every job once more for everything that ever happened. */
  again(now?: Date): Promise<Mail[]>;
}

/** Works off the jobs that mails come from, each once, and keeps the mails. */
export function postboxOf(database: Database, organizationId: string): Postbox {
  let read = "0";

  const entriesAfter = (sequence: string): Promise<JournalEntry[]> =>
    allRows(
      organizationReader(database, organizationId),
      JournalEntry,
      (bind) => `t.sequence > ${bind(sequence)}`,
      "order by t.sequence",
    );

  async function follow(entries: readonly JournalEntry[], now: Date): Promise<Mail[]> {
    const [sent, errands]: [Mail[], Errand[]] = [[], []];
    const viewer = { kind: "WORKER", organizationId, id: null };
    const run = (name: string, more: Pick<Task, "facts" | "entry">) =>
      JOBS.get(name)!.run(contextOf(database, { viewer, now, requestId: `job:${name}` }), {
        ...more,
        attempt: 1,
        mailer: { send: async (mail) => void sent.push(mail), close: () => undefined },
        outbound: { allowed: [], haste: 1 },
        publicUrl: PUBLIC_URL,
        later: async (errand) => void errands.push(errand),
      });
    for (const entry of entries) {
      for (const [name, { on = [] }] of JOBS) if (on.includes(entry.type)) await run(name, { facts: {}, entry });
    }
    for (const { job, facts } of errands) await run(job, { facts, entry: null });
    return sent.sort((one, other) => (key(one) < key(other) ? -1 : 1));
  }

  const key = ({ to, subject }: Mail) => `${to.name} ${subject}`;

  async function mails(now = new Date()): Promise<Mail[]> {
    const entries = await entriesAfter(read);
    read = entries.at(-1)?.sequence ?? read;
    return follow(entries, now);
  }

  return {
    mails,
    told: async (now) => (await mails(now)).map(({ subject, to }) => `${subject} -> ${to.name}`),
    again: async (now = new Date()) => follow(await entriesAfter("0"), now),
  };
}
