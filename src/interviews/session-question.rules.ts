import { type Fault, refuse } from "../platform/errors";
import { hasBegun, type SessionState } from "./interview-session.rules";

interface Marks {
  askedAt: Date | null;
  /** Null where nobody noted it. */
  spentSeconds: number | null;
}

interface Marking {
  asked: boolean;
  /** Left out: as it was. */
  spentSeconds?: number | null | undefined;
}

/** The marks of a question from now on. What was asked keeps the time at which it was first marked. */
export const marked = ({ askedAt, spentSeconds }: Marks, marking: Marking, now: Date): Marks =>
  marking.asked
    ? {
        askedAt: askedAt ?? now,
        spentSeconds: marking.spentSeconds === undefined ? spentSeconds : marking.spentSeconds,
      }
    : { askedAt: null, spentSeconds: null };

/** What keeps a question of the session from being marked. */
export function markingFaults(state: SessionState, { asked, spentSeconds }: Marking): Fault[] {
  const early = `The session is ${state}: mark what was asked once it has begun.`;
  const idle = "A question that was not asked took no time: leave `spentSeconds` out.";
  return [
    ...(hasBegun(state) ? [] : [{ code: "ILLEGAL_MOVE", message: early, field: ["sessionQuestionId"] }]),
    ...(asked || (spentSeconds ?? null) === null
      ? []
      : [{ code: "BAD_INPUT", message: idle, field: ["spentSeconds"] }]),
  ];
}

/** One's note to carry on; null where one is to be begun. @throws Refusal STALE_VERSION */
export function noteToCarryOn<N extends { version: number }>(note: N | null, version: number | null): N | null {
  if (note && version === null)
    refuse("STALE_VERSION", `You have a note here already: carry on from version ${note.version}.`, "version");
  if (!note && version !== null)
    refuse("STALE_VERSION", "You have no note here: leave `version` out to begin one.", "version");
  return note;
}
