import { anyOf, type Conditions, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import type { AccessLogWishes } from "./access-log-filter.rules";
import { happenedFrom, happenedUntil } from "./audit-trail-filter.actions";

const conditions: Conditions<AccessLogWishes> = {
  kinds: (kinds, bind) => anyOf("t.kind", kinds, bind),
  actorId: (id, bind) => `t.actor_id = ${bind(id)}`,
  address: (address, bind) => `t.address = ${bind(address)}`,
  from: happenedFrom,
  until: happenedUntil,
};

/** The entries that fulfil the wishes, newest first. */
export const accessLogListing = (wishes: AccessLogWishes): Listing => ({
  where: (bind) => wished(conditions, wishes, bind).join(" and ") || "true",
});
