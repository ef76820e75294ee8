import type { Application } from "../../src/candidates/application.entity";
import { KitQuestion } from "../../src/interviews/interview-kit.entity";
import { InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import type { Database } from "../../src/platform/db/database";
import { allRows } from "../../src/platform/db/reader";
import { Tx } from "../../src/platform/db/tx";
import { Scorecard } from "../../src/scorecards/scorecard.entity";
import type { Recommendation, ScorecardState } from "../../src/scorecards/scorecard.rules";
import type { Company, Person } from "../cast/company";

/** What somebody of a panel has done: nothing yet, or a scorecard, which says nothing or recommends something. */
type Done = "owes" | "waived" | "shadows" | { card: ScorecardState; says?: Recommendation; at?: Date };

export interface Entry {
  application: Pick<Application, "id">;
  /** As stored; the clock moves it on. */
  state: SessionState;
  /** Hours from now to start and end; none without a time. */
  hours?: readonly [number, number];
  panel: Partial<Record<Person, Done>>;
  /** Of another kit than the company's. */
  kit?: { id: string; rubricVersionId: string };
}

const HOUR = 3_600_000;

export const inHours = (hours: number): Date => new Date(Date.now() + hours * HOUR);

const owes = (done: Done): boolean => done === "owes" || (typeof done === "object" && done.card !== "SUBMITTED");

/**
 * Sessions, with panels and scorecards, as if they had been held: written past the actions, which know no yesterday.
 * Their ids, in the order of the entries.
 */
export function writeDiary(database: Database, company: Company, entries: readonly Entry[]): Promise<string[]> {
  const ctx = company.as("admin");
  return database.write(company.organizationId, async (runner) => {
    const tx = new Tx(ctx, database, runner);
    const ids: string[] = [];
    for (const entry of entries) ids.push(await writeEntry(tx, company, entry));
    return ids;
  });
}

async function writeEntry(tx: Tx, company: Company, { application, state, hours, panel, kit }: Entry): Promise<string> {
  const { id: kitId, rubricVersionId } = kit ?? company.kit;
  const people = Object.entries(panel) as [Person, Done][];
  const session = await tx.insert(InterviewSession, {
    applicationId: application.id,
    kitId,
    rubricVersionId,
    profileVersionId: company.profileVersionId,
    state,
    feedbackOwed: people.filter(([, done]) => owes(done)).length,
    startsAt: hours ? inHours(hours[0]) : null,
    endsAt: hours ? inHours(hours[1]) : null,
    timeZone: hours ? "Europe/Zurich" : null,
    place: "Room 7",
    plannedById: company.people.recruiter.id,
    calendarSequence: 0,
  });
  const questions = await allRows(tx, KitQuestion, (bind) => `t.kit_id = ${bind(kitId)}`);
  await tx.insertAll(
    SessionQuestion,
    questions.map(({ questionVersionId, position, minutes }) => ({
      sessionId: session.id,
      questionVersionId,
      position,
      minutes,
      askedAt: null,
      spentSeconds: null,
    })),
  );
  for (const [person, done] of people) await writeSeat(tx, session.id, company.people[person].id, done);
  return session.id;
}

async function writeSeat(tx: Tx, sessionId: string, memberId: string, done: Done): Promise<void> {
  const card = typeof done === "object" ? done : null;
  const at = card?.at ?? new Date();
  await tx.insert(Panelist, {
    sessionId,
    memberId,
    seat: done === "shadows" ? "SHADOW" : "INTERVIEWER",
    feedbackRequired: done !== "shadows",
    feedbackGivenAt: card?.card === "SUBMITTED" ? at : null,
    waivedAt: done === "waived" ? at : null,
    waivedReason: done === "waived" ? "Off sick" : null,
    response: "PENDING",
    respondedAt: null,
    responseNote: null,
  });
  if (!card) return;
  await tx.insert(Scorecard, {
    sessionId,
    interviewerId: memberId,
    revision: 1,
    state: card.card,
    recommendation: card.says ?? null,
    summary: "",
    amendmentReason: null,
    submittedAt: card.card === "DRAFT" ? null : at,
    enteredByKeyId: null,
  });
}
