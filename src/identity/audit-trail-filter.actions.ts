import type { Bind } from "../platform/db/nouns";
import { anyOf, type Conditions, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import { type AuditTrailWishes, firstIdAt } from "./audit-trail-filter.rules";

/** An id is made after the instant that its row carries, so that the ids before it are skipped in the index. */
export const happenedFrom = (instant: Date, bind: Bind): string =>
  `t.id >= ${bind(firstIdAt(instant))} and t.created_at >= ${bind(instant)}`;

/** How long after that instant the id is made is not known: what is newer is read past, by the first page alone. */
export const happenedUntil = (instant: Date, bind: Bind): string => `t.created_at < ${bind(instant)}`;

const conditions: Conditions<AuditTrailWishes> = {
  types: (types, bind) => anyOf("t.type", types, bind),
  actorId: (id, bind) => `t.actor_id = ${bind(id)}`,
  objectId: (id, bind) => `t.object_id = ${bind(id)}`,
  requestId: (id, bind) => `t.request_id = ${bind(id)}`,
  from: happenedFrom,
  until: happenedUntil,
};

/** The entries that fulfil the wishes, newest first. */
export const auditTrailListing = (wishes: AuditTrailWishes): Listing => ({
  where: (bind) => wished(conditions, wishes, bind).join(" and ") || "true",
});
