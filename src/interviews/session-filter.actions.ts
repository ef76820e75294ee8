import { Candidate } from "../candidates/candidate.entity";
import type { Ctx } from "../identity/viewer.type";
import type { Order } from "../platform/db/order";
import { anyOf, type Conditions, seen, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import { withNarrowerSql } from "../skills/skill.rules";
import { stateAtSql } from "./interview-session.rules";
import type { SessionOrder, SessionWishes } from "./session-filter.rules";

/** By start; what has no time comes last in either direction. */
const byStart = (name: SessionOrder, without: "infinity" | "-infinity"): Order => ({
  name,
  terms: [{ as: "startPlace", sql: `coalesce(t.starts_at, '${without}')`, type: "instant" }],
  descending: without === "-infinity",
});

/** Of the orders that are not the noun's own. */
const SESSION_ORDERS: Readonly<Record<Exclude<SessionOrder, "NEWEST">, Order>> = {
  STARTS_FIRST: byStart("STARTS_FIRST", "infinity"),
  STARTS_LAST: byStart("STARTS_LAST", "-infinity"),
};

/** Whoever sees a session sees its application, job, panel and rubric; not always the candidate. */
export const sessionConditions = ({ db, now }: Ctx): Conditions<SessionWishes> => ({
  states: (states, bind) => anyOf(stateAtSql("t", bind(now)), states, bind),
  applicationId: (id, bind) => `t.application_id = ${bind(id)}`,
  candidateId: (id, bind) =>
    `t.application_id = any(array(select id from applications
      where candidate_id in ${seen(db, Candidate, "t.id", `t.id = ${bind(id)}`, bind)}))`,
  jobId: (id, bind) => `t.application_id = any(array(select id from applications where job_id = ${bind(id)}))`,
  interviewerId: (id, bind) => `t.id = any(array(select session_id from panelists where member_id = ${bind(id)}))`,
  skillId: (id, bind) =>
    `t.rubric_version_id = any(array(select rubric_version_id from criteria where skill_id in ${withNarrowerSql(bind([id]))}))`,
  startsFrom: (instant, bind) => `t.starts_at >= ${bind(instant)}`,
  startsUntil: (instant, bind) => `t.starts_at < ${bind(instant)}`,
  overdue: (overdue, bind) => `${stateAtSql("t", bind(now))} ${overdue ? "=" : "<>"} 'AWAITING_FEEDBACK'`,
});

/** The sessions that fulfil the wishes, in an order. */
export const sessionListing = (ctx: Ctx, wishes: SessionWishes, order: SessionOrder = "NEWEST"): Listing => ({
  where: (bind) => wished(sessionConditions(ctx), wishes, bind).join(" and ") || "true",
  ...(order === "NEWEST" ? {} : { order: SESSION_ORDERS[order] }),
});
