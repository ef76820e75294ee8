import { createApplication } from "../candidates/application.actions";
import { createCandidate } from "../candidates/candidate.actions";
import { createJob } from "../candidates/job.actions";
import { renewScorePrior } from "../evaluations/score-prior.actions";
import { refreshStandings } from "../evaluations/standing.actions";
import { createOrganization } from "../identity/organization.actions";
import { InterviewKit } from "../interviews/interview-kit.entity";
import type { Class } from "../platform/class";
import type { Database } from "../platform/db/database";
import { allRows } from "../platform/db/reader";
import { refreshStatistics } from "../platform/db/statistics";
import { skipErrands } from "../platform/journal/errands";
import { systemClock } from "../platform/time";
import { DEMO_JOBS, DEMO_MEMBERS, DEMO_NAME } from "./demo.rules";
import { type DemoSlot, demoSlot, demoSlotNow } from "./demo-calendar.rules";
import { DEMO_CANDIDATES, type DemoCandidate, type DemoEnding, panelOf } from "./demo-candidates.rules";
import { castOf, type DemoCast, type DemoOpening } from "./demo-cast.actions";
import { seedDecision } from "./demo-decision.actions";
import { seedInterview } from "./demo-interview.actions";
import { seedQuestions } from "./demo-question.actions";
import { demoOrganization } from "./demo-session.actions";

/** Fills an organisation of its own with demo data, through the actions that everybody uses. @throws Error when it is there */
export async function seedDemo(database: Database): Promise<void> {
  if (await demoOrganization(database)) throw new Error("The demo organisation is there already.");
  const { members } = await createOrganization(database, { name: DEMO_NAME, members: DEMO_MEMBERS });
  const now = systemClock();
  const cast = castOf(database, members, now);
  await seedQuestions(cast);
  const openings = await seedOpenings(cast);
  const slots = demoSlots(now);
  for (const [index, candidate] of DEMO_CANDIDATES.entries())
    await seedCandidate(cast, openings, slots, candidate, index);
  await seedScores(cast, openings);
  const tables = database.dataSource.entityMetadatas.map(({ target }) => target as Class);
  await refreshStatistics(database, tables);
  await skipErrands(database, members[0]!.organizationId);
}

async function seedOpenings({ as }: DemoCast): Promise<DemoOpening[]> {
  const recruiter = as("ravi");
  const kits = await allRows(recruiter.db, InterviewKit, () => "true");
  const openings: DemoOpening[] = [];
  for (const { title, kit: key } of DEMO_JOBS) {
    const kit = kits.find(({ externalKey }) => externalKey === key)!;
    openings.push({ kit, job: await createJob(recruiter, { title, profileVersionId: kit.profileVersionId }) });
  }
  return openings;
}

type Slots = (ending: DemoEnding) => DemoSlot;

/** Hours that an application waits for its interview, and people for each other, in the story that the demo tells. */
const RECENT = 8;

/** The next free hour for an ending: interviews that still wait for somebody were the last ones. */
function demoSlots(now: Date): Slots {
  let [waiting, past, ahead] = [0, RECENT, 0];
  const upcoming: readonly DemoEnding[] = ["booked", "onHold", "cancelled", "unscheduled"];
  return (ending) => {
    if (ending === "underway") return demoSlotNow(now);
    if (upcoming.includes(ending)) return demoSlot(now, ahead++, 1);
    return demoSlot(now, ending === "awaiting" ? waiting++ : past++, -1);
  };
}

async function seedCandidate(
  cast: DemoCast,
  openings: readonly DemoOpening[],
  slots: Slots,
  candidate: DemoCandidate,
  index: number,
): Promise<void> {
  const recruiter = cast.as("ravi");
  const opening = openings[candidate.job]!;
  const { id: candidateId } = await createCandidate(recruiter, { name: candidate.name, email: emailOf(candidate) });
  const { id: applicationId } = await createApplication(recruiter, { candidateId, jobId: opening.job.id });
  for (const [round, ending] of candidate.interviews.entries()) {
    await seedInterview(cast, { applicationId, candidate, index, round, ending, opening, slot: slots(ending) });
  }
  if (candidate.decision) await seedDecision(cast, { applicationId, candidate, panel: panelOf(candidate, index, 0) });
}

/** The given name, without marks. */
const emailOf = ({ name }: DemoCandidate): string =>
  `${name
    .split(" ")[0]!
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase()}@candidates.example`;

/** What the panels' history says by now, and the standings that follow, so that they are there from the start. */
async function seedScores({ as }: DemoCast, openings: readonly DemoOpening[]): Promise<void> {
  const recruiter = as("ravi");
  await renewScorePrior(recruiter, { rubricVersionId: openings[0]!.kit.rubricVersionId });
  await recruiter.db.transaction(async (tx) => {
    const applications = await tx.all<{ id: string }>("select id from applications");
    await refreshStandings(
      tx,
      applications.map(({ id }) => id),
    );
  });
}
