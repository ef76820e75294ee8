import { Candidate } from "../candidates/candidate.entity";
import { syncConditions, UPDATED_FIRST } from "../candidates/sync.actions";
import { orderFor } from "../candidates/sync.rules";
import type { Ctx } from "../identity/viewer.type";
import type { Bind } from "../platform/db/nouns";
import type { Order } from "../platform/db/order";
import { anyOf, type Conditions, seen, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import { withNarrowerSql } from "../skills/skill.rules";
import type { ApplicationOrder, ApplicationWishes } from "./application-filter.rules";
import { InterviewSession } from "./interview-session.entity";
import { stateAtSql } from "./interview-session.rules";

/** Of the orders that are not the noun's own. */
const APPLICATION_ORDERS: Readonly<Record<Exclude<ApplicationOrder, "NEWEST">, Order>> = {
  OLDEST: { name: "OLDEST", terms: [], descending: false },
  UPDATED_FIRST,
};

/** Whoever sees an application sees its job and profile; not always the candidate, and not every session. */
function conditions(ctx: Ctx): Conditions<ApplicationWishes> {
  const { db, now } = ctx;
  const withSession = (condition: string, bind: Bind) =>
    seen(db, InterviewSession, "t.application_id", condition, bind);
  return {
    ...syncConditions(ctx, "application_id"),
    statuses: (statuses, bind) => anyOf("t.status", statuses, bind),
    jobId: (id, bind) => `t.job_id = ${bind(id)}`,
    candidateId: (id, bind) => `t.candidate_id = any(array${seen(db, Candidate, "t.id", `t.id = ${bind(id)}`, bind)})`,
    interviewerId: (id, bind) => {
      const panelled = `t.id = any(array(select session_id from panelists where member_id = ${bind(id)}))`;
      return `t.id = any(array${withSession(panelled, bind)})`;
    },
    skillId: (id, bind) =>
      `t.job_id = any(array(
        select j.id from jobs j
        join expectations e on e.organization_id = j.organization_id and e.profile_version_id = j.profile_version_id
        where e.skill_id in ${withNarrowerSql(bind([id]))}))`,
    appliedFrom: (instant, bind) => `t.created_at >= ${bind(instant)}`,
    appliedUntil: (instant, bind) => `t.created_at < ${bind(instant)}`,
    overdue: (overdue, bind) => {
      const waiting = withSession(`${stateAtSql("t", bind(now))} = 'AWAITING_FEEDBACK'`, bind);
      return overdue ? `t.id = any(array${waiting})` : `t.id not in ${waiting}`;
    },
  };
}

/** The applications that fulfil the wishes, in an order. */
export function applicationListing(ctx: Ctx, wishes: ApplicationWishes, asked?: ApplicationOrder | null): Listing {
  const order = orderFor(asked, wishes);
  return {
    where: (bind) => wished(conditions(ctx), wishes, bind).join(" and ") || "true",
    ...(order === "NEWEST" ? {} : { order: APPLICATION_ORDERS[order] }),
  };
}
