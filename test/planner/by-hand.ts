import type { Client } from "pg";
import { typeOfId } from "../../src/platform/ids";
import type { Company } from "../cast/company";
import type { ByHand } from "./statement-bound";

/** Statements of an evaluation; a debrief is made of one, and a comparison of several at once. */
const EVALUATION = 6;

const COUNTS: ByHand = {
  "Query.viewer": 2,
  "Query.events": 1,
  "Query.compareApplications": EVALUATION + 2,
  "Application.standing": 1,
  "Application.evaluation": EVALUATION,
  "Application.debrief": EVALUATION,
  "Standing.priors": 1,
  "Evaluation.priors": 1,
  "Evaluation.chart": 2,
  "SkillScore.skill": 1,
  "CriterionScore.criterion": 1,
  "GateResult.criterion": 1,
  "GateResult.skill": 1,
  "DebriefTopic.criterion": 1,
  "DebriefTopic.skill": 1,
  "ComparedApplication.application": 1,
  "ComparedSkill.skill": 1,
  "ComparisonCell.application": 1,
  "InterviewSession.ownScorecard": 1,
  "InterviewSession.calendarFile": 7,
  "InterviewKit.warnings": 4,
  "KitWarning.skill": 1,
  "KitWarning.questionVersion": 1,
  "Question.diff": 2,
  "ToDo.debriefs": 1,
  "ToDo.seatsToReassign": 1,
  "ToDo.questionReviews": 1,
  "ToDo.rubricReviews": 1,
  "ToDo.scorecards": 1,
  "OwedScorecard.interviewSession": 1,
  "OwedScorecard.panelist": 1,
  "OwedScorecard.draft": 1,
  "QuestionFacets.skills": 1,
  "QuestionFacets.levels": 1,
  "QuestionFacets.kinds": 1,
  "QuestionFacets.tags": 1,
  "QuestionFacets.states": 1,
  "SkillCount.skill": 1,
};

/** Statements that fields take which are written by hand; what leads to any object takes one for each noun that it met. */
export async function byHandOf(client: Client, companies: readonly Company[]): Promise<ByHand> {
  const nounsIn = async (text: string): Promise<number> => {
    const { rows } = await client.query<{ id: string }>(text, [companies.map(({ organizationId }) => organizationId)]);
    return new Set(rows.map(({ id }) => typeOfId(id))).size;
  };
  const objects = await nounsIn("select distinct object_id as id from journal_entries where organization_id = any($1)");
  return {
    ...COUNTS,
    "JournalEntry.object": objects,
    "Event.object": objects,
    "JournalEntry.actor": await nounsIn(
      "select distinct actor_id as id from journal_entries where organization_id = any($1)",
    ),
    "AccessEntry.actor": await nounsIn(
      "select distinct actor_id as id from access_log where organization_id = any($1)",
    ),
    "QuestionUse.usedIn": await nounsIn(
      "select distinct used_in as id from question_uses where organization_id = any($1)",
    ),
  };
}
