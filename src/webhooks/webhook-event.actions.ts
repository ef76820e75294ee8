import { refuse } from "../platform/errors";
import { assertEventTypes } from "./event.actions";
import { isTold, LISTENER, type ToldEvent } from "./event.rules";

/** Something that is sent; a test has no place in the journal, for it never happened. */
export type SentEvent = Omit<ToldEvent, "position"> & { position: string | null };

/** What is sent: names and ids, and no values, so that whoever wants more reads it with a key, and is seen to. */
export const bodyOf = ({ type, occurredAt, ...event }: SentEvent): string =>
  JSON.stringify({
    type,
    timestamp: occurredAt.toISOString(),
    data: {
      id: event.id,
      objectId: event.objectId,
      objectType: event.objectType,
      actorKind: event.actorKind,
      actorId: event.actorId,
      requestId: event.requestId,
      changes: event.changes,
      position: event.position,
    },
  });

/** Each type once. @throws Refusal UNKNOWN_EVENT_TYPE for one that is none, or of which no endpoint ever hears */
export function hearableTypes(types: readonly string[]): string[] {
  assertEventTypes(types, "eventTypes");
  const untold = types.find((type) => !isTold(LISTENER, type));
  if (untold !== undefined) {
    const message = `Endpoints do not hear of \`${untold}\`: it is for those who read the audit trail.`;
    refuse("UNKNOWN_EVENT_TYPE", message, "eventTypes");
  }
  return [...new Set(types)];
}
