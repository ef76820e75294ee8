/**
 * By whose hand a scorecard is written: its interviewer's own, or a key's on their behalf. What the interviewers write or
 * hand in themselves is their own from then on, also where a key had begun it.
 */
import { isKey, type Viewer } from "../identity/viewer.rules";
import type { Fault } from "../platform/errors";
import type { ScorecardState } from "./scorecard.rules";

/** Id of the key that writes; null where the interviewers write themselves. */
export const handOf = (viewer: Viewer): string | null => (isKey(viewer) ? viewer.id : null);

interface Held {
  state: ScorecardState;
  enteredByKeyId: string | null;
}

const isLive = ({ state }: Held): boolean => state === "DRAFT" || state === "SUBMITTED";

/**
 * What keeps a key from writing beside an interviewer's cards of the session: one that stands and that this key did not
 * enter. The same words for a draft and for what is in, and whoever wrote it, so that they tell nothing of it.
 */
export function otherHandFaults(cards: readonly Held[], hand: string | null): Fault[] {
  const message =
    "The interviewer, or another key, writes this scorecard: a key carries on what it entered itself. Leave it to them.";
  const isTheirs = hand !== null && cards.some((card) => isLive(card) && card.enteredByKeyId !== hand);
  return isTheirs ? [{ code: "WRITTEN_BY_OTHERS", message, field: ["interviewerId"] }] : [];
}
