import type { Ctx } from "../identity/viewer.type";
import { moveInterviewSession, planInterviewSession, waiveScorecard } from "../interviews/interview-session.actions";
import { type InterviewSession, Panelist } from "../interviews/interview-session.entity";
import { respondToInvitation } from "../interviews/panelist.actions";
import { markQuestionAsked, writeQuestionNote } from "../interviews/session-question.actions";
import { SessionQuestion } from "../interviews/session-question.entity";
import { allRows } from "../platform/db/reader";
import { hoursAfter } from "./demo-calendar.rules";
import { type DemoEnding, panelOf } from "./demo-candidates.rules";
import type { DemoCast, DemoInterview } from "./demo-cast.actions";
import { amendCard, seedCard } from "./demo-scorecard.actions";

const PLACES = ["Room Elbe", "Room Spree", "https://meet.demo.example/interview"] as const;

/** One interview, from its planning to where it stands now. */
export async function seedInterview(cast: DemoCast, interview: DemoInterview): Promise<void> {
  const session = await plan(cast, interview);
  await ENDINGS[interview.ending](cast, interview, session);
}

const panelNames = ({ candidate, index, round }: DemoInterview) => panelOf(candidate, index, round);

function plan({ as, id }: DemoCast, interview: DemoInterview): Promise<InterviewSession> {
  const { applicationId, opening, ending, slot, index } = interview;
  const zone = { timeZone: "Europe/Berlin", place: PLACES[index % PLACES.length]! };
  return planInterviewSession(as("ravi", hoursAfter(slot.startsAt, -96)), {
    applicationId,
    kitId: opening.kit.id,
    ...(ending === "unscheduled" ? {} : { ...slot, ...zone }),
    panel: panelNames(interview).map((name, at) => ({
      memberId: id(name),
      seat: at === 0 ? "LEAD" : "INTERVIEWER",
      feedbackRequired: true,
    })),
  });
}

type Ending = (cast: DemoCast, interview: DemoInterview, session: InterviewSession) => Promise<void>;

const ENDINGS: Readonly<Record<DemoEnding, Ending>> = {
  unscheduled: async () => undefined,
  booked: answerInvitations,
  onHold: (cast, interview, session) =>
    callOff(cast, interview, session, "ON_HOLD", "The team's plan for the quarter is not settled."),
  cancelled: (cast, interview, session) =>
    callOff(cast, interview, session, "CANCELLED", "The candidate took another offer."),
  noShow: (cast, interview, session) => callOff(cast, interview, session, "NO_SHOW", "Waited for twenty minutes."),
  underway: async (cast, interview, session) => {
    await answerInvitations(cast, interview, session);
    await askQuestions(cast, interview, session, 2);
    await takeNotes(cast, interview, session);
  },
  awaiting: async (cast, interview, session) => {
    await askQuestions(cast, interview, session);
    const names = panelNames(interview);
    for (const by of names.slice(0, -1)) await seedCard(cast, interview, session, by);
    if (names.at(-1) !== "hana") await seedCard(cast, interview, session, names.at(-1)!, { draft: true });
  },
  complete,
  waived: async (cast, interview, session) => {
    await askQuestions(cast, interview, session);
    const names = panelNames(interview);
    for (const by of names.slice(0, -1)) await seedCard(cast, interview, session, by);
    const excused = cast.id(names.at(-1)!);
    const recruiter = cast.as("june", hoursAfter(interview.slot.endsAt, 48));
    const panelist = (await panelistsOf(cast, session)).find(({ memberId }) => memberId === excused)!;
    await waiveScorecard(recruiter, { panelistId: panelist.id, reason: "On leave since the day after the interview." });
  },
  amended: async (cast, interview, session) => {
    await complete(cast, interview, session);
    await amendCard(cast, interview, session, panelNames(interview)[0]!);
  },
};

async function complete(cast: DemoCast, interview: DemoInterview, session: InterviewSession): Promise<void> {
  await askQuestions(cast, interview, session);
  for (const by of panelNames(interview)) await seedCard(cast, interview, session, by);
}

function panelistsOf({ as }: DemoCast, session: InterviewSession): Promise<Panelist[]> {
  return allRows(as("ravi").db, Panelist, (bind) => `t.session_id = ${bind(session.id)}`, "order by t.id");
}

/** The lead comes; the second has not said so yet. */
async function answerInvitations(cast: DemoCast, interview: DemoInterview, session: InterviewSession): Promise<void> {
  const [lead] = await panelistsOf(cast, session);
  const at = hoursAfter(interview.slot.startsAt, -90);
  await respondToInvitation(cast.as(panelNames(interview)[0]!, at), { panelistId: lead!.id, response: "ACCEPTED" });
}

async function callOff(
  { as }: DemoCast,
  { slot }: DemoInterview,
  { id, version }: InterviewSession,
  to: "ON_HOLD" | "CANCELLED" | "NO_SHOW",
  reason: string,
): Promise<void> {
  const at = hoursAfter(slot.startsAt, to === "NO_SHOW" ? 0.4 : -24);
  await moveInterviewSession(as("ravi", at), { id, version, to, reason });
}

/** Marks the first questions as asked, or all but the last, which interviews run out of time for. */
async function askQuestions(
  { as }: DemoCast,
  interview: DemoInterview,
  session: InterviewSession,
  count = -1,
): Promise<void> {
  const [lead] = panelNames(interview);
  const ctx = as(lead!, hoursAfter(interview.slot.startsAt, 0.25));
  for (const { id, minutes } of (await questionsOf(ctx, session)).slice(0, count)) {
    await markQuestionAsked(ctx, { sessionQuestionId: id, asked: true, spentSeconds: minutes * 60 + 45 });
  }
}

/** The lead jots something down on each question, for nobody else. */
async function takeNotes({ as }: DemoCast, interview: DemoInterview, session: InterviewSession): Promise<void> {
  const ctx = as(panelNames(interview)[0]!);
  for (const { id } of await questionsOf(ctx, session)) {
    await writeQuestionNote(ctx, { sessionQuestionId: id, text: "Ask for the second follow-up if there is time." });
  }
}

const questionsOf = ({ db }: Ctx, session: InterviewSession): Promise<SessionQuestion[]> =>
  allRows(db, SessionQuestion, (bind) => `t.session_id = ${bind(session.id)}`, "order by t.position");
