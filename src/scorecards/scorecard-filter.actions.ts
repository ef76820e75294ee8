import type { Ctx } from "../identity/viewer.type";
import { sessionConditions } from "../interviews/session-filter.actions";
import type { SessionWishes } from "../interviews/session-filter.rules";
import type { Bind } from "../platform/db/nouns";
import type { Order } from "../platform/db/order";
import { anyOf, type Conditions, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import type { ScorecardOrder, ScorecardWishes } from "./scorecard-filter.rules";

const SUBMITTED_LAST: Order = {
  name: "SUBMITTED_LAST",
  terms: [{ as: "submissionPlace", sql: "coalesce(t.submitted_at, '-infinity')", type: "instant" }],
  descending: true,
};

/** Whoever sees a scorecard sees its session. */
function conditions(ctx: Ctx): Conditions<ScorecardWishes> {
  const ofSession = (wishes: SessionWishes, bind: Bind) =>
    `t.session_id = any(array(
      select t.id from interview_sessions t where ${wished(sessionConditions(ctx), wishes, bind).join(" and ")}))`;
  return {
    states: (states, bind) => anyOf("t.state", states, bind),
    sessionId: (id, bind) => `t.session_id = ${bind(id)}`,
    applicationId: (applicationId, bind) => ofSession({ applicationId }, bind),
    candidateId: (candidateId, bind) => ofSession({ candidateId }, bind),
    jobId: (jobId, bind) => ofSession({ jobId }, bind),
    interviewerId: (id, bind) => `t.interviewer_id = ${bind(id)}`,
    skillId: (skillId, bind) => ofSession({ skillId }, bind),
    recommendations: (recommendations, bind) => anyOf("t.recommendation", recommendations, bind),
    submittedFrom: (instant, bind) => `t.submitted_at >= ${bind(instant)}`,
    submittedUntil: (instant, bind) => `t.submitted_at < ${bind(instant)}`,
    overdue: (overdue, bind) => {
      const late = `t.state = 'DRAFT' and ${ofSession({ states: ["AWAITING_FEEDBACK", "COMPLETE"] }, bind)}`;
      return overdue ? late : `not (${late})`;
    },
  };
}

/** The scorecards that fulfil the wishes, in an order. */
export const scorecardListing = (ctx: Ctx, wishes: ScorecardWishes, order: ScorecardOrder = "NEWEST"): Listing => ({
  where: (bind) => wished(conditions(ctx), wishes, bind).join(" and ") || "true",
  ...(order === "SUBMITTED_LAST" ? { order: SUBMITTED_LAST } : {}),
});
