import type { Application } from "../../src/candidates/application.entity";
import { DebriefNote } from "../../src/evaluations/debrief-note.entity";
import { Decision, Dissent } from "../../src/evaluations/decision.entity";
import { wholeEvidenceOf } from "../../src/evaluations/evaluation.actions";
import { scoreOf } from "../../src/evaluations/evidence.rules";
import { METHOD_VERSION } from "../../src/evaluations/score.rules";
import { ScoreLink } from "../../src/evaluations/score-link.entity";
import { ScorePrior } from "../../src/evaluations/score-prior.entity";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import type { ApiKey } from "../../src/identity/api-key.entity";
import type { InterviewKit } from "../../src/interviews/interview-kit.entity";
import { InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { ScheduleChange } from "../../src/interviews/schedule.entity";
import { QuestionNote, SessionQuestion } from "../../src/interviews/session-question.entity";
import type { Tx } from "../../src/platform/db/tx";
import type { QuestionVersion } from "../../src/question-bank/question.entity";
import type { Criterion, RubricVersion } from "../../src/question-bank/rubric.entity";
import { Rating, Scorecard } from "../../src/scorecards/scorecard.entity";
import { of, rowsOf } from "./crowd-rows";

const HOUR = 3_600_000;

interface Furnished {
  applications: readonly Application[];
  kits: readonly InterviewKit[];
  questionVersions: readonly QuestionVersion[];
  rubricVersions: readonly RubricVersion[];
  criteria: readonly Criterion[];
  keys: readonly ApiKey[];
  /** Id of a member: of two that follow each other one is the admin. */
  somebody(index: number): string;
}

/** What follows from applications: two of everything on each, from sessions to decisions. */
export async function interviews(tx: Tx, furnished: Furnished): Promise<void> {
  const sessions = await held(tx, furnished);
  await rated(tx, sessions, furnished);
  await concluded(tx, furnished);
}

/** Sessions that are over, each at an hour of its own, with all that was said about them. */
async function held(tx: Tx, { applications, kits, questionVersions, somebody }: Furnished) {
  const each = rowsOf(tx);
  const before = (hours: number) => new Date(tx.occasion.now.getTime() - hours * HOUR);
  const slot = (i: number) => ({
    startsAt: before(i + 2),
    endsAt: before(i + 1),
    timeZone: "Europe/Zurich",
    place: "Room 1",
  });
  const sessions = await each(
    InterviewSession,
    2 * applications.length,
  )((i) => ({
    ...slot(i),
    applicationId: of(applications, i).id,
    kitId: of(kits, i).id,
    profileVersionId: of(kits, i).profileVersionId,
    rubricVersionId: of(kits, i).rubricVersionId,
    state: "COMPLETE",
    feedbackOwed: 0,
    plannedById: somebody(i),
    calendarSequence: 1,
  }));
  const nth = (i: number) => Math.floor(i / sessions.length);
  await each(
    ScheduleChange,
    2 * sessions.length,
  )((i) => ({
    ...slot(i % sessions.length),
    sessionId: of(sessions, i).id,
    changedById: somebody(i + nth(i)),
    reason: "The room is taken.",
  }));
  const questions = await each(
    SessionQuestion,
    2 * sessions.length,
  )((i) => ({
    sessionId: of(sessions, i).id,
    questionVersionId: of(questionVersions, i).id,
    position: nth(i),
    minutes: 5,
    askedAt: tx.occasion.now,
    spentSeconds: 60,
  }));
  // One's own alone are read, so all are the admin's.
  await each(
    QuestionNote,
    questions.length,
  )((i) => ({ sessionQuestionId: questions[i]!.id, authorId: somebody(0), text: "Asked back." }));
  return sessions;
}

/**
 * The scorecards of two on each panel, who agree that one skill is missing and not on the other one: of that follow
 * topics of every kind.
 */
async function rated(
  tx: Tx,
  sessions: readonly InterviewSession[],
  { criteria, rubricVersions, keys, somebody }: Furnished,
): Promise<void> {
  const each = rowsOf(tx);
  const { now } = tx.occasion;
  const second = (i: number) => Math.floor(i / sessions.length);
  const seat = (i: number) => ({ sessionId: of(sessions, i).id, memberId: somebody(i + second(i)) });
  await each(
    Panelist,
    2 * sessions.length,
  )((i) => ({
    ...seat(i),
    seat: "INTERVIEWER",
    feedbackRequired: true,
    feedbackGivenAt: now,
    waivedAt: null,
    waivedReason: null,
    response: "ACCEPTED",
    respondedAt: now,
    responseNote: "By train.",
  }));
  const cards = await each(
    Scorecard,
    2 * sessions.length,
  )((i) => ({
    sessionId: seat(i).sessionId,
    interviewerId: seat(i).memberId,
    revision: 1,
    state: "SUBMITTED",
    recommendation: second(i) ? "NO" : "YES",
    summary: "",
    amendmentReason: null,
    submittedAt: now,
    enteredByKeyId: of(keys, i).id,
  }));
  await each(
    Rating,
    2 * cards.length,
  )((i) => {
    const card = i % cards.length;
    const isFirst = i < cards.length;
    const version = of(sessions, card).rubricVersionId;
    const { id: criterionId } = criteria.filter(({ rubricVersionId }) => rubricVersionId === version)[isFirst ? 0 : 1]!;
    const value = isFirst || second(card) ? 1 : 5;
    return { scorecardId: cards[card]!.id, criterionId, outcome: "RATED", value, evidence: "Seen." };
  });
  await each(
    ScorePrior,
    2 * rubricVersions.length,
  )((i) => ({
    rubricVersionId: of(rubricVersions, i).id,
    number: 1 + Math.floor(i / rubricVersions.length),
    standardDeviation: 20,
    degreesOfFreedom: 20,
    panels: [],
    methodVersion: METHOD_VERSION,
    renewedById: somebody(i + Math.floor(i / rubricVersions.length)),
  }));
}

/** Standings, and a decision that was reopened before the one that holds. */
async function concluded(tx: Tx, { applications, somebody }: Furnished): Promise<void> {
  const each = rowsOf(tx);
  const { now } = tx.occasion;
  const ids = applications.map(({ id }) => id);
  await refreshStandings(tx, ids);
  const nth = (i: number) => Math.floor(i / applications.length);
  const twice = 2 * applications.length;
  const applicationId = (i: number) => of(ids, i);
  await each(
    DebriefNote,
    twice,
  )((i) => ({ applicationId: applicationId(i), authorId: somebody(i + nth(i)), text: "Agreed." }));
  await each(
    ScoreLink,
    twice,
  )((i) => ({
    applicationId: applicationId(i),
    createdById: somebody(i + nth(i)),
    secretHash: "",
    expiresAt: new Date(now.getTime() + 24 * HOUR),
    revokedAt: null,
  }));
  const found = await wholeEvidenceOf(tx, ids);
  const decisions = await each(
    Decision,
    twice,
  )((i) => {
    const evidence = found.get(applicationId(i))!;
    const holds = nth(i) === 1;
    return {
      applicationId: applicationId(i),
      number: 1 + nth(i),
      state: holds ? "RECORDED" : "REOPENED",
      outcome: "HIRE",
      rationale: "Strong in what was seen.",
      departureReason: "The rest was seen at work.",
      proposedById: somebody(i),
      decidedById: somebody(i),
      decidedAt: now,
      evidence,
      score: scoreOf(evidence),
      methodVersion: METHOD_VERSION,
      reopenedById: holds ? null : somebody(i),
      reopenedAt: holds ? null : now,
      reopenedReason: holds ? null : "The rest was seen at work.",
    };
  });
  await each(
    Dissent,
    2 * decisions.length,
  )((i) => ({
    decisionId: of(decisions, i).id,
    memberId: somebody(i + Math.floor(i / decisions.length)),
    reason: "Too little was seen.",
  }));
}
