import { defineSlice } from "../platform/slice";
import { OwnScorecardResolver } from "./own-scorecard.resolver";
import * as scorecard from "./scorecard.relations";
import { ScorecardResolver } from "./scorecard.resolver";
import { ScorecardListResolver } from "./scorecard-filter.resolver";
import { withdrawStrandedDrafts } from "./stranded-draft.actions";
import { OwedScorecardResolver, ScorecardsToDoResolver } from "./to-do.resolver";

const BEGUN_ELSEWHERE = {
  field: ["sessionId"],
  message: "You have just begun this scorecard elsewhere: read it and carry on.",
};

export const scorecards = defineSlice({
  name: "scorecards",
  idTypes: { Scorecard: 0x060, Rating: 0x061 },
  declared: { ...scorecard },
  resolvers: [
    ScorecardResolver,
    ScorecardListResolver,
    OwnScorecardResolver,
    ScorecardsToDoResolver,
    OwedScorecardResolver,
  ],
  refusals: {
    NOT_ON_PANEL: "Only the session's panel writes scorecards.",
    RECOMMENDATION_MISSING: "The scorecard recommends nothing yet.",
    RATINGS_MISSING: "Some criteria are not rated yet; NOT_OBSERVED is an answer too.",
    EVIDENCE_MISSING: "The lowest or highest value of a scale is given without evidence.",
    CRITERION_NOT_RATED_HERE: "The session's rubric has no such criterion.",
    VALUE_OUTSIDE_SCALE: "The value is not on the criterion's scale.",
  },
  // Two first saves at once meet in whichever of the two constraints PostgreSQL looks at first.
  conflicts: { ix_scorecards_one_draft: BEGUN_ELSEWHERE, uq_scorecards_revision: BEGUN_ELSEWHERE },
  events: ["scorecard.submitted", "scorecard.replaced", "scorecard.amended", "scorecard.withdrawn"],
  on: {
    "interview_session.moved": { "scorecards.stranded": withdrawStrandedDrafts },
    "panelist.removed": { "scorecards.stranded": withdrawStrandedDrafts },
    "member.deactivated": { "scorecards.stranded": withdrawStrandedDrafts },
  },
});
