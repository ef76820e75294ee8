import { defineSlice } from "../platform/slice";
import {
  ComparedApplicationResolver,
  ComparedSkillResolver,
  ComparisonCellResolver,
  ComparisonResolver,
} from "./comparison.resolver";
import { DebriefResolver, DebriefTopicResolver } from "./debrief.resolver";
import { debriefJobs } from "./debrief-mail.jobs";
import * as debriefNote from "./debrief-note.relations";
import * as decision from "./decision.relations";
import { DecisionResolver } from "./decision.resolver";
import {
  ApplicationEvaluationResolver,
  CriterionScoreResolver,
  EvaluationResolver,
  GateResultResolver,
  SkillScoreResolver,
} from "./evaluation.resolver";
import { personalData } from "./personal-data.actions";
import { ScoreChartResolver } from "./score-chart.resolver";
import * as scoreLink from "./score-link.relations";
import { ScoreLinkResolver } from "./score-link.resolver";
import { scoreDocument } from "./score-page.actions";
import * as prior from "./score-prior.relations";
import { ScorePriorResolver } from "./score-prior.resolver";
import { followEvidence } from "./standing.actions";
import * as standing from "./standing.relations";
import { ApplicationStandingResolver, StandingResolver } from "./standing.resolver";
import { DebriefsToDoResolver } from "./to-do.resolver";

const standings = { standings: followEvidence };

export const evaluations = defineSlice({
  name: "evaluations",
  idTypes: {
    ScorePrior: 0x070,
    Standing: 0x071,
    DebriefNote: 0x072,
    Decision: 0x073,
    Dissent: 0x074,
    ScoreLink: 0x075,
  },
  declared: { ...prior, ...standing, ...debriefNote, ...decision, ...scoreLink },
  resolvers: [
    DebriefsToDoResolver,
    ApplicationEvaluationResolver,
    EvaluationResolver,
    SkillScoreResolver,
    CriterionScoreResolver,
    GateResultResolver,
    ScorePriorResolver,
    ApplicationStandingResolver,
    StandingResolver,
    ComparisonResolver,
    ComparedApplicationResolver,
    ComparedSkillResolver,
    ComparisonCellResolver,
    DebriefResolver,
    DebriefTopicResolver,
    DecisionResolver,
    ScoreChartResolver,
    ScoreLinkResolver,
  ],
  documents: [scoreDocument],
  refusals: {
    INSUFFICIENT_HISTORY:
      "Too few sessions were rated by two or more, in all or since an estimate: come back after more interviews.",
    SCORE_WITHHELD:
      "The application's score is kept from you: hand in the scorecards that you owe, or leave it to others.",
    DEBRIEF_NOT_OPEN:
      "Some session is not COMPLETE yet: see that its scorecards come in or are waived, or call it off. Without any interview, REJECT alone can be recorded.",
    DEPARTURE_UNEXPLAINED: "The decision departs from what the score recommends: send `departureReason`.",
    NOT_CONCERNED: "Only members who sat on a panel of the application or run the hiring can dissent.",
  },
  jobs: debriefJobs,
  events: [
    "score_prior.renewed",
    "debrief_note.added",
    "decision.proposed",
    "decision.recorded",
    "decision.reopened",
    "score_link.created",
    "score_link.revoked",
  ],
  personalData,
  // Everything that adds evidence or takes it away. Whether a session is complete, and who is waived, changes no score.
  on: {
    "application.created": standings,
    "job.updated": standings,
    "interview_session.planned": standings,
    "interview_session.moved": standings,
    "scorecard.submitted": standings,
    "scorecard.amended": standings,
    "scorecard.withdrawn": standings,
    "score_prior.renewed": standings,
  },
});
