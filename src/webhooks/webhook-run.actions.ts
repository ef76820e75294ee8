import { setTimeout as delay } from "node:timers/promises";
import { atPresent, type Ctx } from "../platform/context";
import type { Outbound } from "../platform/jobs/outbound";
import { monotonicMilliseconds, systemClock } from "../platform/time";
import { tryNext } from "./webhook-delivery.actions";
import { MOST_AT_ONCE } from "./webhook-delivery.rules";

/**
 * Begins no try after it. A quick receiver takes hundreds meanwhile; a slow one gets one round, four tries at most, and then
 * waits behind whatever became due before: the queue goes by time, so that no organisation keeps the others out with
 * endpoints that answer after 14 s each.
 */
const RUN_MILLISECONDS = 2000;
/** What is due so soon is waited for: the queue would not look earlier. */
const SOON_MILLISECONDS = 1000;

/** Tries what is due, several at a time, until nothing is for a while, or the time is over. @throws what the first that failed threw, once all have ended */
export async function tryAll(ctx: Ctx, outbound: Outbound, endpointId: string): Promise<void> {
  const end = monotonicMilliseconds() + RUN_MILLISECONDS;
  const isOver = () => monotonicMilliseconds() >= end;
  const loop = async () => {
    while (!isOver() && (await tryNext(ctx, outbound, endpointId)));
  };
  do {
    const loops = await Promise.allSettled(Array.from({ length: MOST_AT_ONCE }, loop));
    for (const each of loops) if (each.status === "rejected") throw each.reason;
  } while (!isOver() && (await isDueSoon(ctx, endpointId)));
}

/** Waits for what is due soon; false where nothing is. */
async function isDueSoon(ctx: Ctx, endpointId: string): Promise<boolean> {
  const wake = await nextWake(ctx, endpointId);
  const left = wake ? wake.getTime() - systemClock().getTime() : Number.POSITIVE_INFINITY;
  if (left > SOON_MILLISECONDS) return false;
  await delay(Math.max(1, left));
  return true;
}

interface Outlook {
  /** When the first of those becomes due that nobody tries; null where there are none. */
  due: Date | null;
  /** When the first of those is free again that somebody tries; null where there are none. */
  free: Date | null;
  underWay: number;
  restsUntil: Date | null;
}

/** When somebody must look again at an endpoint's deliveries, whatever becomes of those who try some now; null: never. */
export async function nextWake(ctx: Ctx, endpointId: string): Promise<Date | null> {
  const { db, now } = atPresent(ctx);
  const [outlook] = await db.all<Outlook>(
    `select pending.due, leased.free, leased."underWay", e.rests_until as "restsUntil"
     from webhook_endpoints e
     left join lateral (
       select d.due_at as due from webhook_deliveries d
       where d.endpoint_id = $1 and d.state = 'PENDING' and (d.leased_until is null or d.leased_until <= $2)
       order by d.due_at, d.position limit 1
     ) pending on true
     cross join lateral (
       select min(d.leased_until) as free, count(*)::int as "underWay" from webhook_deliveries d
       where d.endpoint_id = $1 and d.leased_until > $2
     ) leased
     where e.id = $1 and e.state = 'ENABLED'`,
    [endpointId, now],
  );
  if (!outlook) return null;
  const { due, free, underWay, restsUntil } = outlook;
  const soonest = due && underWay < MOST_AT_ONCE ? earlier(due, free) : free;
  return soonest && restsUntil && restsUntil > soonest ? restsUntil : soonest;
}

const earlier = (one: Date, other: Date | null): Date => (other && other < one ? other : one);
