import { refuse } from "../platform/errors";

/** How far a version of a question or rubric has come on its way to the candidates. */
export type PublicationState = "DRAFT" | "IN_REVIEW" | "READY" | "RETIRED";

/** READY versions never change: an edit makes the next version, whose publication retires them. */
export const PUBLICATION_MOVES: Readonly<Record<PublicationState, readonly PublicationState[]>> = {
  DRAFT: ["IN_REVIEW", "RETIRED"],
  IN_REVIEW: ["READY", "DRAFT"],
  READY: ["RETIRED"],
  RETIRED: [],
};

/** Where a version is still being written, so that nobody may be asked or rated by it. */
export const isOpen = (state: PublicationState): boolean => state === "DRAFT" || state === "IN_REVIEW";

/** The change of a version that moves. @throws Refusal ILLEGAL_MOVE */
export function movedTo(
  { state, number }: { state: PublicationState; number: number },
  to: PublicationState,
): { state: PublicationState } {
  if (!PUBLICATION_MOVES[state].includes(to)) {
    const open = PUBLICATION_MOVES[state].join(", ") || "nothing else";
    refuse("ILLEGAL_MOVE", `Version ${number} is ${state} and cannot become ${to}; it can become: ${open}.`);
  }
  return { state: to };
}

/** What a reviewer makes of a version: APPROVED publishes it, RETURNED gives it back to its authors. */
export type Verdict = "APPROVED" | "RETURNED";

export const stateAfter: Readonly<Record<Verdict, PublicationState>> = { APPROVED: "READY", RETURNED: "DRAFT" };

/** The version that counts now, as an SQL order over versions `t`: the READY one, or else the newest. */
export const CURRENT_FIRST = "(t.state = 'READY') desc, t.number desc";
