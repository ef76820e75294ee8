import type { Job } from "../candidates/job.entity";
import type { Member } from "../identity/member.entity";
import { memberViewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import type { InterviewKit } from "../interviews/interview-kit.entity";
import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import type { DemoSlot } from "./demo-calendar.rules";
import type { DemoCandidate, DemoEnding } from "./demo-candidates.rules";

/** The members of the demo, who act at times of their own. */
export interface DemoCast {
  /** The context of the member with this given name, at an instant or at the moment of seeding. */
  as(name: string, at?: Date): Ctx;
  /** Id of the member with this given name. */
  id(name: string): string;
}

/** A job and the kit that its interviews are planned with. */
export interface DemoOpening {
  job: Job;
  kit: InterviewKit;
}

export interface DemoInterview {
  applicationId: string;
  candidate: DemoCandidate;
  /** Of the candidate in the table. */
  index: number;
  /** 0 for a candidate's first interview. */
  round: number;
  ending: DemoEnding;
  opening: DemoOpening;
  slot: DemoSlot;
}

export function castOf(database: Database, members: readonly Member[], now: Date): DemoCast {
  const called = (name: string): Member => members.find(({ email }) => email.startsWith(`${name}@`))!;
  return {
    as: (name, at = now) =>
      contextOf(database, { viewer: memberViewer(called(name)), now: at, requestId: "seed.demo" }),
    id: (name) => called(name).id,
  };
}
