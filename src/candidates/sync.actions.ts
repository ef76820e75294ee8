import type { Ctx } from "../identity/viewer.type";
import type { Order } from "../platform/db/order";
import { type Conditions, seen, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import { ExternalReference } from "./external-reference.entity";
import { orderFor, reachedBackFrom, type SyncOrder, type SyncWishes } from "./sync.rules";

/** Whatever is changed meanwhile moves to the end, and is met there. */
export const UPDATED_FIRST: Order = {
  name: "UPDATED_FIRST",
  terms: [{ as: "updatedAt", type: "instant" }],
  descending: false,
};

/** `column` is the one by which references name the listed noun. */
export const syncConditions = (
  { db }: Ctx,
  column: "candidate_id" | "job_id" | "application_id",
): Conditions<SyncWishes> => ({
  external: ({ system, externalId }, bind) => {
    const named = `t.${column} is not null and t.system = ${bind(system)} and t.external_id = ${bind(externalId)}`;
    return `t.id = any(array${seen(db, ExternalReference, `t.${column}`, named, bind)})`;
  },
  updatedSince: (instant, bind) => `t.updated_at >= ${bind(reachedBackFrom(instant))}`,
});

/** The candidates or jobs that fulfil the wishes, in an order. */
export const syncListing = (
  ctx: Ctx,
  column: "candidate_id" | "job_id",
  wishes: SyncWishes,
  order?: SyncOrder | null,
): Listing => ({
  where: (bind) => wished(syncConditions(ctx, column), wishes, bind).join(" and ") || "true",
  ...(orderFor(order, wishes) === "UPDATED_FIRST" ? { order: UPDATED_FIRST } : {}),
});
