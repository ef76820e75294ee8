import { defineSlice } from "../platform/slice";
import * as scorecard from "./scorecard.relations";
import { ScorecardResolver } from "./scorecard.resolver";

const BEGUN_ELSEWHERE = {
  field: ["sessionId"],
  message: "You have just begun this scorecard elsewhere: read it and carry on.",
};

export const scorecards = defineSlice({
  name: "scorecards",
  idTypes: { Scorecard: 0x060, Rating: 0x061 },
  declared: { ...scorecard },
  resolvers: [ScorecardResolver],
  refusals: {
    NOT_ON_PANEL: "Only the session's panel writes scorecards.",
    RECOMMENDATION_MISSING: "The scorecard recommends nothing yet.",
    RATINGS_MISSING: "Some criteria are not rated yet; NOT_OBSERVED is an answer too.",
    CRITERION_NOT_RATED_HERE: "The session's rubric has no such criterion.",
    VALUE_OUTSIDE_SCALE: "The value is not on the criterion's scale.",
  },
  // Two first saves at once meet in whichever of the two constraints PostgreSQL looks at first.
  conflicts: { ix_scorecards_one_draft: BEGUN_ELSEWHERE, uq_scorecards_revision: BEGUN_ELSEWHERE },
  events: ["scorecard.submitted", "scorecard.withdrawn"],
});
