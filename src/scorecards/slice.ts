import { defineSlice } from "../platform/slice";
import { OwnScorecardResolver } from "./own-scorecard.resolver";
import { personalData } from "./personal-data.actions";
import { reminderJobs } from "./reminder.jobs";
import * as scorecard from "./scorecard.relations";
import { ScorecardResolver } from "./scorecard.resolver";
import { ScorecardListResolver } from "./scorecard-filter.resolver";
import * as scorecardReminder from "./scorecard-reminder.relations";
import { withdrawStrandedDrafts } from "./stranded-draft.actions";
import { OwedScorecardResolver, ScorecardsToDoResolver } from "./to-do.resolver";

const BEGUN_ELSEWHERE = {
  field: ["sessionId"],
  message: "The scorecard was begun elsewhere just now: read it and carry on.",
};

export const scorecards = defineSlice({
  name: "scorecards",
  idTypes: { Scorecard: 0x060, Rating: 0x061, ScorecardReminder: 0x062 },
  declared: { ...scorecard, ...scorecardReminder },
  resolvers: [
    ScorecardResolver,
    ScorecardListResolver,
    OwnScorecardResolver,
    ScorecardsToDoResolver,
    OwedScorecardResolver,
  ],
  refusals: {
    NOT_ON_PANEL: "Only the session's panel writes scorecards.",
    INTERVIEWER_MISSING: "A key writes scorecards on behalf of a member of the panel: send `interviewerId`.",
    WRITTEN_BY_OTHERS:
      "The interviewer, or another key, writes this scorecard: a key carries on what it entered itself.",
    RECOMMENDATION_MISSING: "The scorecard recommends nothing yet.",
    RATINGS_MISSING: "Some criteria are not rated yet; NOT_OBSERVED is an answer too.",
    EVIDENCE_MISSING: "The lowest or highest value of a scale is given without evidence.",
    CRITERION_NOT_RATED_HERE: "The session's rubric has no such criterion.",
    VALUE_OUTSIDE_SCALE: "The value is not on the criterion's scale.",
  },
  // Two first saves at once meet in whichever of the two constraints PostgreSQL looks at first.
  conflicts: { ix_scorecards_one_draft: BEGUN_ELSEWHERE, uq_scorecards_revision: BEGUN_ELSEWHERE },
  events: [
    "scorecard.submitted",
    "scorecard.replaced",
    "scorecard.amended",
    "scorecard.withdrawn",
    "scorecard.discarded",
    "scorecard.reminder_due",
  ],
  jobs: reminderJobs,
  personalData,
  on: {
    "interview_session.moved": { "scorecards.stranded": withdrawStrandedDrafts },
    "panelist.removed": { "scorecards.stranded": withdrawStrandedDrafts },
    "member.deactivated": { "scorecards.stranded": withdrawStrandedDrafts },
  },
});
