import type { Ctx } from "../context";
import type { JournalEntry } from "../journal/journal.entity";
import type { Mailer } from "../mail/mailer";
import type { Outbound } from "./outbound";

/** Of the journal: whatever happens. Such a job is told of the last of what happened together, and looks by itself for the rest. */
export const EVERY_EVENT = "EVERY_EVENT";

/** What a job is given: ids and numbers, never a person's data. Kept as JSON. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Something to be done later, by the name of a job. */
export interface Errand {
  readonly job: string;
  readonly facts: Facts;
  /** At once where it is left out. */
  readonly at?: Date;
  /** Of those that wait under one key only the latest is there; what has begun goes on. */
  readonly key: string;
  /** Of the journal: what it follows; none where it follows nothing. */
  readonly entryId?: string;
}

/** What jobs reach the world with. */
export interface Tools {
  readonly mailer: Mailer;
  readonly outbound: Outbound;
  /** Where people find this server, without a slash at its end. */
  readonly publicUrl: string;
}

/** One try of a job. */
export interface Task extends Tools {
  readonly facts: Facts;
  /** What happened, for a job that runs after it; null for others, and where the journal no longer has it. */
  readonly entry: JournalEntry | null;
  /** 1 for the first. */
  readonly attempt: number;
  /** Has something done later, in the same organisation. */
  later(errand: Errand): Promise<void>;
}

/**
 * What runs later, for one organisation, on behalf of the server: at least once, so that it must bear being repeated. It
 * opens its own transactions. A try that throws is repeated after some seconds, then minutes, then hours; after the last it is set aside for an
 * ADMIN to see.
 */
export interface Job {
  /** Journal types after which it runs, once for each entry; or after every event, once for those that came together. */
  readonly on?: readonly string[] | typeof EVERY_EVENT;
  /** When it runs by the clock, for each organisation: five fields of cron, in UTC. */
  readonly at?: string;
  /** Whether it lets others go first, and leaves some of a worker to them: it calls out, and may take long. */
  readonly yields?: boolean;
  /** Tries before it is set aside; 10 where it is left out. */
  readonly tries?: number;
  run(ctx: Ctx, task: Task): Promise<void>;
}

/** A fault in words that an ADMIN of the organisation may read: nothing of the server's own stands in them. */
export class Telling extends Error {
  override name = "Telling";
}

/** A fault that no repetition cures: the job is set aside at once, with these words. */
export class Hopeless extends Telling {
  override name = "Hopeless";
}
