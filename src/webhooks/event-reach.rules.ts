/** How far a reader of the feed has come, and how they say where they want to go on. */

/** The most positions that one page looks through. */
export const LONGEST_LOOK = 2_000;

/** How far a reader has come: everything up to there it has been told, or is not to be told. */
export interface Reach {
  position: bigint;
  hasMore: boolean;
}

/**
 * How far a page reaches that begins after a position and is to hold so many events. A full page ends with its last event;
 * one that is not has looked through all that one page looks through, so that nobody looks there again.
 */
export function reachOf(after: bigint, head: bigint, events: readonly { position: string }[], size: number): Reach {
  const looked = after + BigInt(LONGEST_LOOK) < head ? after + BigInt(LONGEST_LOOK) : head;
  const last = events.at(-1);
  const end = events.length < size ? looked : last ? BigInt(last.position) : after;
  return { position: end > after ? end : after, hasMore: end < head };
}

/** Where the journal begins and ends: the least and greatest position that it holds; 1 and 0 where it is empty. */
export interface Extent {
  horizon: bigint;
  head: bigint;
}

/** Whether something after the position is no more. */
export const isExpired = (after: bigint, { horizon }: Extent): boolean => after < horizon - 1n;

/** Whether the journal does not reach to the position, though it once did. */
export const isBeyond = (after: bigint, { head }: Extent): boolean => after > head;

/** Opaque to clients: a place in the journal of one organisation. */
export const eventCursor = (organizationId: string, position: bigint | string): string =>
  Buffer.from(JSON.stringify(["event", organizationId, `${position}`])).toString("base64url");

const DECIMAL = /^(0|[1-9]\d{0,17})$/;

/** The position that a cursor names; null where it is none of the organisation's feed. */
export function readEventCursor(organizationId: string, cursor: string): bigint | null {
  try {
    const [kind, organization, position, ...more] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const isOurs = kind === "event" && organization === organizationId && more.length === 0;
    return isOurs && typeof position === "string" && DECIMAL.test(position) ? BigInt(position) : null;
  } catch {
    return null;
  }
}
