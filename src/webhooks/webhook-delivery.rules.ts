/**
 * WAITING behind an earlier one about the same object; PENDING is to be sent when it is due; then DELIVERED, or FAILED
 * once every try has failed, or DISCARDED by somebody.
 */
export const DELIVERY_STATES = ["WAITING", "PENDING", "DELIVERED", "FAILED", "DISCARDED"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Deliveries that nobody waits for any more: only they are replayed, and forgotten in time. */
export const DONE: readonly DeliveryState[] = ["DELIVERED", "FAILED", "DISCARDED"];

/** At most so many of an endpoint are tried at a time. */
export const MOST_AT_ONCE = 4;

export const isReceived = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** What is asked of a delivery. Whatever is null, left out or empty asks for nothing. */
export interface DeliveryWishes {
  endpointId?: string | null;
  states?: readonly DeliveryState[] | null;
  types?: readonly string[] | null;
  objectId?: string | null;
  from?: Date | null;
  until?: Date | null;
}
