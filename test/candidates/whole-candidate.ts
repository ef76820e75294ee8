import type { Application } from "../../src/candidates/application.entity";
import { ExternalReference } from "../../src/candidates/external-reference.entity";
import { addDebriefNote } from "../../src/evaluations/debrief-note.actions";
import { reopenDecision } from "../../src/evaluations/decision.actions";
import { createScoreLink } from "../../src/evaluations/score-link.actions";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import { moveInterviewSession, waiveScorecard } from "../../src/interviews/interview-session.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { respondToInvitation } from "../../src/interviews/panelist.actions";
import { scheduleInterviewSession } from "../../src/interviews/schedule.actions";
import { writeQuestionNote } from "../../src/interviews/session-question.actions";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import { allRows } from "../../src/platform/db/reader";
import type { Company } from "../cast/company";
import { decide } from "../cast/debrief";
import { amend, freeHour, interview, submit } from "../cast/interview";

const HOUR = 3_600_000;

/** The session, given another time for a reason and begun. */
async function moved(company: Company, { id, version }: InterviewSession, said: string): Promise<InterviewSession> {
  const recruiter = company.as("recruiter");
  const startsAt = freeHour();
  const endsAt = new Date(startsAt.getTime() + HOUR);
  const slot = { startsAt, endsAt, timeZone: "Europe/Zurich", place: `${said}: the place` };
  const later = await scheduleInterviewSession(recruiter, { id, version, ...slot, reason: `${said}: moved` });
  return moveInterviewSession(recruiter, { id, version: later.version, to: "IN_PROGRESS" });
}

/**
 * A candidate of whom everything is known that can be, each text with `said` in it: references, a session that was moved, a
 * note, answers, a waiver, an amended scorecard, a debrief, a decision that was reopened and one that holds. Ann and Bob
 * sit on the panel; the company's kit must ask something.
 */
export async function wholeCandidate(company: Company, said: string): Promise<Application> {
  const [ann, bob, admin, boss] = [
    company.as("ann"),
    company.as("bob"),
    company.as("admin"),
    company.as("hiringManager"),
  ];
  const application = await company.applicant(`${said}: the name`);
  const applicationId = application.id;
  await admin.db.transaction(async (tx) => {
    const nothing = { system: "ats", candidateId: null, jobId: null, applicationId: null };
    await tx.insert(ExternalReference, {
      ...nothing,
      externalId: `${said}: them`,
      candidateId: application.candidateId,
    });
    await tx.insert(ExternalReference, { ...nothing, externalId: `${said}: what for`, applicationId });
  });
  const planned = await interview(company, { applicationId, panel: ["ann", "bob"], state: "SCHEDULED" });
  const seats = await allRows(admin.db, Panelist, (bind) => `t.session_id = ${bind(planned.id)}`, "order by t.id");
  const session = await moved(company, planned, said);
  await respond(company, session, said);
  const [question] = await allRows(admin.db, SessionQuestion, (bind) => `t.session_id = ${bind(session.id)}`);
  await writeQuestionNote(ann, { sessionQuestionId: question!.id, text: `${said}: noted` });
  await amend(company, "ann", await submit(company, "ann", session, { "sql-query": 4 }), { "sql-query": 5 });
  await waiveScorecard(admin, { panelistId: seats[1]!.id, reason: `${said}: waived` });
  await addDebriefNote(bob, { applicationId, text: `${said}: debriefed` });
  await createScoreLink(admin, { applicationId });
  const words = { rationale: `${said}: why`, departureReason: `${said}: departs` };
  const { id, version } = await decide(company, applicationId, words);
  await reopenDecision(boss, { id, version, reason: `${said}: reopened` });
  await decide(company, applicationId, {
    ...words,
    dissents: [{ memberId: company.people.ann.id, reason: `${said}: dissents` }],
  });
  await admin.db.transaction((tx) => refreshStandings(tx, [applicationId]));
  return application;
}

/** Nobody answers an invitation to what has begun, so the answer of another session of the same panel stands for it. */
async function respond(company: Company, { applicationId }: InterviewSession, said: string): Promise<void> {
  const recruiter = company.as("recruiter");
  const other = await interview(company, { applicationId, panel: ["bob"], state: "SCHEDULED" });
  const [seat] = await allRows(recruiter.db, Panelist, (bind) => `t.session_id = ${bind(other.id)}`);
  await respondToInvitation(company.as("bob"), {
    panelistId: seat!.id,
    response: "DECLINED",
    note: `${said}: declined`,
  });
  const to = "CANCELLED" as const;
  await moveInterviewSession(recruiter, { id: other.id, version: other.version, to, reason: `${said}: called off` });
}
