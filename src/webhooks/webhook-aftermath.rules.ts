/** What a try of a delivery changes: in the delivery, and in how its endpoint is treated. */
import { type DeliveryState, isReceived } from "./webhook-delivery.rules";
import { GIVEN_UP_AFTER, restMilliseconds, retryMilliseconds, wishedMilliseconds } from "./webhook-retry.rules";

/** What came back. */
export interface Reply {
  /** Null where no answer came. */
  status: number | null;
  retryAfter?: string | undefined;
  /** Why no answer came; null where one did. */
  failure: string | null;
}

interface Before {
  /** Tries before this one. */
  attempts: number;
  failingSince: Date | null;
  restsUntil: Date | null;
}

interface Circumstances {
  now: Date;
  /** 0 to 1. */
  chance: number;
  /** By how much everything comes faster. */
  haste: number;
}

export interface Aftermath {
  /** Why it does not count as received; null where it does. */
  failure: string | null;
  delivery: {
    state: Extract<DeliveryState, "PENDING" | "DELIVERED" | "FAILED">;
    attempts: number;
    dueAt: Date | null;
    leasedUntil: null;
    deliveredAt: Date | null;
  };
  endpoint: { failingSince: Date | null; restsUntil: Date | null };
  /** Why the endpoint is disabled; null where it is not. */
  disabling: string | null;
}

const GONE = 410;
/** Whoever answers so, or not at all, is not up to it: then the other deliveries wait too. */
const OVERLOADED: readonly (number | null)[] = [null, 429, 502, 503, 504];

const failureOf = ({ status, failure }: Reply): string => {
  if (status === null) return failure ?? "No answer came.";
  if (status === GONE) return "It answered 410: it wants no more.";
  if (status >= 300 && status < 400) return `It answered ${status}: redirects are not followed.`;
  return `It answered ${status}; 200 to 299 are wanted.`;
};

export function aftermath(reply: Reply, before: Before, circumstances: Circumstances): Aftermath {
  const attempts = before.attempts + 1;
  return isReceived(reply.status)
    ? received(attempts, circumstances)
    : failed(reply, { ...before, attempts }, circumstances);
}

const received = (attempts: number, { now }: Circumstances): Aftermath => ({
  failure: null,
  delivery: { state: "DELIVERED", attempts, dueAt: null, leasedUntil: null, deliveredAt: now },
  endpoint: { failingSince: null, restsUntil: null },
  disabling: null,
});

function failed(reply: Reply, { attempts, failingSince, restsUntil }: Before, around: Circumstances): Aftermath {
  const { now, chance, haste } = around;
  const after = (milliseconds: number) => new Date(now.getTime() + Math.ceil(milliseconds / haste));
  const since = failingSince ?? now;
  const failing = (now.getTime() - since.getTime()) * haste;
  const failure = failureOf(reply);
  const wish = wishedMilliseconds(reply.retryAfter, now);
  const retry = retryMilliseconds(attempts, chance);
  const rest = OVERLOADED.includes(reply.status) ? after(Math.max(restMilliseconds(failing), wish)) : null;
  return {
    failure,
    delivery: {
      state: retry === null ? "FAILED" : "PENDING",
      attempts,
      dueAt: retry === null ? null : after(Math.max(retry, wish)),
      leasedUntil: null,
      deliveredAt: null,
    },
    endpoint: { failingSince: since, restsUntil: later(rest, restsUntil) },
    disabling: disablingOf(reply, failing, failure),
  };
}

const later = (one: Date | null, other: Date | null): Date | null =>
  one && other && one < other ? other : (one ?? other);

function disablingOf({ status }: Reply, failingMilliseconds: number, failure: string): string | null {
  if (status === GONE) return failure;
  return failingMilliseconds >= GIVEN_UP_AFTER ? `Nothing was received for 5 days. The last try: ${failure}` : null;
}
