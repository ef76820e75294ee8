import { addDebriefNote } from "../../src/evaluations/debrief-note.actions";
import { recordDecision } from "../../src/evaluations/decision.actions";
import type { Decision } from "../../src/evaluations/decision.entity";
import type { RecordDecisionInput } from "../../src/evaluations/decision.input";
import { METHOD_VERSION } from "../../src/evaluations/score.rules";
import { createScoreLink } from "../../src/evaluations/score-link.actions";
import { ScorePrior } from "../../src/evaluations/score-prior.entity";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import { createCalendarAddress } from "../../src/interviews/calendar-address.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import { writeQuestionNote } from "../../src/interviews/session-question.actions";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import { allRows } from "../../src/platform/db/reader";
import type { Scorecard } from "../../src/scorecards/scorecard.entity";
import type { Company, Person } from "./company";
import { interview, submit, type Values } from "./interview";

export interface Debriefed {
  applicationId: string;
  session: InterviewSession;
  cards: Partial<Record<Person, Scorecard>>;
}

/** An application after one interview: each of the people sat on the panel and has handed in what they found. */
export async function debriefed(
  company: Company,
  found: Partial<Record<Person, Values>>,
  { applicationId }: { applicationId?: string } = {},
): Promise<Debriefed> {
  const people = Object.keys(found) as Person[];
  const session = await interview(company, { applicationId, panel: people });
  const cards: Debriefed["cards"] = {};
  for (const who of people) cards[who] = await submit(company, who, session, found[who]);
  return { applicationId: session.applicationId, session, cards };
}

/** A decision, recorded by the hiring manager unless said otherwise. */
export const decide = (
  company: Company,
  applicationId: string,
  more: Partial<RecordDecisionInput> = {},
  who: Person = "hiringManager",
): Promise<Decision> =>
  recordDecision(company.as(who), { applicationId, outcome: "HIRE", rationale: "Strong in all we asked.", ...more });

/**
 * An interview with all that can follow from it: notes, an estimate, a standing, a link, a calendar address of Ann's, and
 * a decision from which she dissents. The company's kit must ask something.
 */
export async function hired(company: Company): Promise<Decision> {
  const [ann, admin] = [company.as("ann"), company.as("admin")];
  const { applicationId, session } = await debriefed(company, { ann: { "sql-query": 4 } });
  const [question] = await allRows(ann.db, SessionQuestion, (bind) => `t.session_id = ${bind(session.id)}`);
  await writeQuestionNote(ann, { sessionQuestionId: question!.id, text: "Asked back." });
  await createCalendarAddress(ann, { label: "Phone" });
  await addDebriefNote(ann, { applicationId, text: "Agreed." });
  await createScoreLink(admin, { applicationId });
  const { rubricVersionId } = company;
  const spread = { standardDeviation: 10, degreesOfFreedom: 20, panels: [], methodVersion: METHOD_VERSION };
  await admin.db.transaction(async (tx) => {
    await tx.insert(ScorePrior, { ...spread, rubricVersionId, number: 1, renewedById: null });
    await refreshStandings(tx, [applicationId]);
  });
  const dissents = [{ memberId: company.people.ann.id, reason: "Too little was seen." }];
  return decide(company, applicationId, {
    departureReason: "The rest was seen at work.",
    dissents,
  });
}
