import { moveInterviewSession, planInterviewSession } from "../../src/interviews/interview-session.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import type { Seat } from "../../src/interviews/panelist.rules";
import { saveScorecard, submitScorecard } from "../../src/scorecards/scorecard.actions";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import type { Recommendation } from "../../src/scorecards/scorecard.rules";
import type { Company, Person } from "./company";

/** One per criterion, in any order; what is missing is NOT_OBSERVED. */
export type Values = Record<string, number | "NOT_OBSERVED" | "NOT_APPLICABLE">;

type SeatSpec = Person | { who: Person; seat?: Seat; feedbackRequired?: boolean };

interface SessionSpec {
  applicationId?: string;
  panel: readonly SeatSpec[];
  /** Default IN_PROGRESS, so that scorecards can be handed in. */
  state?: SessionState;
}

const HOUR = 3_600_000;

/** A planned session of the company, moved on to a state. */
export async function interview(
  company: Company,
  { applicationId, panel, state = "IN_PROGRESS" }: SessionSpec,
): Promise<InterviewSession> {
  const recruiter = company.as("recruiter");
  const startsAt = new Date(Date.now() + HOUR);
  const session = await planInterviewSession(recruiter, {
    applicationId: applicationId ?? (await company.applicant()).id,
    kitId: company.kit.id,
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR),
    timeZone: "Europe/Zurich",
    panel: panel.map((each) => {
      const { who, seat = "INTERVIEWER", feedbackRequired = true } = typeof each === "string" ? { who: each } : each;
      return { memberId: company.people[who].id, seat, feedbackRequired };
    }),
  });
  if (state === "SCHEDULED") return session;
  return moveInterviewSession(recruiter, { id: session.id, version: session.version, to: state });
}

/** A draft of the person's scorecard with a rating for every criterion. */
export function draft(
  company: Company,
  person: Person,
  { id: sessionId }: Pick<InterviewSession, "id">,
  values: Values = {},
  recommendation: Recommendation = "YES",
): Promise<Scorecard> {
  const ratings = Object.entries(company.criterionIds).map(([key, criterionId]) => {
    const value = values[key] ?? "NOT_OBSERVED";
    return typeof value === "number"
      ? { criterionId, outcome: "RATED" as const, value }
      : { criterionId, outcome: value, value: null };
  });
  return saveScorecard(company.as(person), { sessionId, recommendation, ratings });
}

/** The person's scorecard, handed in. */
export async function submit(
  company: Company,
  person: Person,
  session: Pick<InterviewSession, "id">,
  values: Values = {},
): Promise<Scorecard> {
  const { id, version } = await draft(company, person, session, values);
  return submitScorecard(company.as(person), { id, version });
}
