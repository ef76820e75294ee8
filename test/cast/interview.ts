import type { Ctx } from "../../src/identity/viewer.type";
import { moveInterviewSession, planInterviewSession } from "../../src/interviews/interview-session.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { SessionState } from "../../src/interviews/interview-session.rules";
import type { Seat } from "../../src/interviews/panelist.rules";
import { amendScorecard, saveScorecard, submitScorecard } from "../../src/scorecards/scorecard.actions";
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
  /** For an hour; default an hour to come that no other session takes. */
  startsAt?: Date;
}

const HOUR = 3_600_000;
/** Tests that name a time themselves name a nearer one, or one after 2030. */
const LATER = 30 * 24 * HOUR;

let hours = 0;

/** An hour to come, another one each time: nobody sits in two sessions at once. */
export const freeHour = (): Date => new Date(Date.now() + LATER + ++hours * HOUR);

/** A planned session of the company, moved on to a state. */
export async function interview(
  company: Company,
  { applicationId, panel, state = "IN_PROGRESS", startsAt = freeHour() }: SessionSpec,
): Promise<InterviewSession> {
  const recruiter = company.as("recruiter");
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
  const move = ({ id, version }: InterviewSession, to: SessionState) =>
    moveInterviewSession(recruiter, { id, version, to });
  // What is over has begun.
  const isOver = state === "AWAITING_FEEDBACK" || state === "NO_SHOW";
  return move(isOver ? await move(session, "IN_PROGRESS") : session, state);
}

/** A rating per criterion, those with a value with evidence too. */
function ratingsOf({ criterionIds }: Company, keys: object, values: Values) {
  return Object.keys(keys).map((key) => {
    const criterionId = criterionIds[key]!;
    const value = values[key] ?? "NOT_OBSERVED";
    return typeof value === "number"
      ? { criterionId, outcome: "RATED" as const, value, evidence: `Saw ${key}.` }
      : { criterionId, outcome: value };
  });
}

/** A draft of the person's scorecard with a rating for every criterion; by themselves, or by a key for them. */
export function draft(
  company: Company,
  person: Person,
  { id: sessionId }: Pick<InterviewSession, "id">,
  values: Values = {},
  recommendation: Recommendation = "YES",
  by: Ctx = company.as(person),
): Promise<Scorecard> {
  const ratings = ratingsOf(company, company.criterionIds, values);
  const interviewerId = company.people[person].id;
  return saveScorecard(by, { sessionId, interviewerId, recommendation, ratings });
}

/** The person's scorecard, handed in. */
export async function submit(
  company: Company,
  person: Person,
  session: Pick<InterviewSession, "id">,
  values: Values = {},
  by: Ctx = company.as(person),
): Promise<Scorecard> {
  const { id, version } = await draft(company, person, session, values, "YES", by);
  return submitScorecard(by, { id, version });
}

/** The next revision of the person's submitted scorecard, with these values instead. */
export function amend(
  company: Company,
  person: Person,
  { id, version }: Pick<Scorecard, "id" | "version">,
  values: Values,
  by: Ctx = company.as(person),
): Promise<Scorecard> {
  const input = { id, version, reason: "On second thoughts", ratings: ratingsOf(company, values, values) };
  return amendScorecard(by, input);
}
