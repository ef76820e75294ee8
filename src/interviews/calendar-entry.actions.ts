import type { Application } from "../candidates/application.entity";
import { candidateOfApplication, jobOfApplication } from "../candidates/application.relations";
import type { Candidate } from "../candidates/candidate.entity";
import type { Job } from "../candidates/job.entity";
import type { Member } from "../identity/member.entity";
import type { Ctx } from "../identity/viewer.type";
import { children, target } from "../platform/db/loaders";
import { type CalendarEntry, calendarEntry } from "./calendar-entry.rules";
import type { InterviewSession, Panelist } from "./interview-session.entity";
import {
  applicationOfSession,
  memberOfPanelist,
  panelOfSession,
  plannerOfSession,
} from "./interview-session.relations";
import type { ScheduleChange } from "./schedule.entity";
import { changesOfSchedule } from "./schedule.relations";

/**
 * The sessions as a calendar shows them to the viewer; null for each that never had a time. All of them at once: each
 * step waits for every session, so that the statements are as many for one as for a hundred.
 */
export async function calendarEntries(
  ctx: Ctx,
  sessions: readonly InterviewSession[],
): Promise<(CalendarEntry | null)[]> {
  const parts = await Promise.all(sessions.map((session) => partsOf(ctx, session)));
  const facts = await Promise.all(parts.map((each) => factsOf(ctx, each)));
  return sessions.map((session, index) => calendarEntry(session, facts[index]!));
}

interface Parts {
  history: ScheduleChange[];
  planner: Member | null;
  panel: Panelist[];
  application: Application;
}

async function partsOf({ db }: Ctx, session: InterviewSession): Promise<Parts> {
  const [history, planner, panel, application] = await Promise.all([
    session.startsAt ? [] : children(db, changesOfSchedule, session),
    target(db, plannerOfSession, session),
    children(db, panelOfSession, session),
    target(db, applicationOfSession, session),
  ]);
  return { history, planner, panel, application } as Parts;
}

async function factsOf({ db }: Ctx, { history, planner, panel, application }: Parts) {
  const [candidate, job, ...members] = (await Promise.all([
    target(db, candidateOfApplication, application),
    target(db, jobOfApplication, application),
    ...panel.map((panelist) => target(db, memberOfPanelist, panelist)),
  ])) as [Candidate | null, Job, ...Member[]];
  return {
    history,
    planner,
    panel: panel.map(({ seat, response }, index) => ({ ...members[index]!, seat, response })),
    candidate: candidate && { name: candidate.name, jobTitle: job.title },
  };
}
