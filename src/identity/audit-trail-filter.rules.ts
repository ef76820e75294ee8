import type { Fault } from "../platform/errors";
import { periodFaults } from "./period.rules";

/** What is asked of a journal entry. Whatever is null, left out or empty asks for nothing. */
export interface AuditTrailWishes {
  types?: readonly string[] | null;
  actorId?: string | null;
  objectId?: string | null;
  requestId?: string | null;
  from?: Date | null;
  until?: Date | null;
}

/** What keeps the wishes from ever being fulfilled. */
export const spanFaults = (wishes: { from?: Date | null; until?: Date | null }): Fault[] =>
  periodFaults(wishes, "from", "until");

/** The least id that is made at an instant: ids begin with 48 bits of milliseconds. @see RFC 9562 section 5.7 */
export function firstIdAt(instant: Date): string {
  const time = Math.max(0, instant.getTime()).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
