import { happenedFrom, happenedUntil } from "../identity/audit-trail-filter.actions";
import { anyOf, type Conditions, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import type { DeliveryWishes } from "./webhook-delivery.rules";

const conditions: Conditions<DeliveryWishes> = {
  endpointId: (id, bind) => `t.endpoint_id = ${bind(id)}`,
  states: (states, bind) => anyOf("t.state", states, bind),
  types: (types, bind) => anyOf("t.type", types, bind),
  objectId: (id, bind) => `t.object_id = ${bind(id)}`,
  from: happenedFrom,
  until: happenedUntil,
};

/** The deliveries that fulfil the wishes, newest first. */
export const deliveryListing = (wishes: DeliveryWishes): Listing => ({
  where: (bind) => wished(conditions, wishes, bind).join(" and ") || "true",
});
