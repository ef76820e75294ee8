import type { ApplicationStatus } from "../candidates/application.rules";
import { type Fault, refuse } from "../platform/errors";
import type { ScoreRecommendation } from "./score.rules";

/** What a decision comes to. */
export const DECISION_OUTCOMES = ["HIRE", "REJECT"] as const;
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

/** PROPOSED can be changed; RECORDED holds and is frozen; REOPENED held once, and is kept. */
export const DECISION_STATES = ["PROPOSED", "RECORDED", "REOPENED"] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

export const DECISION_MOVES: Readonly<Record<DecisionState, readonly DecisionState[]>> = {
  PROPOSED: ["PROPOSED", "RECORDED"],
  RECORDED: ["REOPENED"],
  REOPENED: [],
};

/** What becomes of the application. */
export const STATUS_AFTER: Readonly<Record<DecisionOutcome, ApplicationStatus>> = { HIRE: "HIRED", REJECT: "REJECTED" };

/** Recommendations from which an outcome departs. Not to hire whom too little is known of needs no reason. */
const DEPARTS_FROM: Readonly<Record<DecisionOutcome, readonly ScoreRecommendation[]>> = {
  HIRE: ["NOT_RECOMMENDED", "INSUFFICIENT_EVIDENCE"],
  REJECT: ["RECOMMENDED"],
};

/** Whether an outcome wants a reason against what the score recommends. */
export const isDeparture = (outcome: DecisionOutcome, recommendation: ScoreRecommendation): boolean =>
  DEPARTS_FROM[outcome].includes(recommendation);

/** A departure wants a reason, and a reason wants a departure: the score may have changed since it was read. */
export function departureFaults(
  { outcome, departureReason = null }: { outcome: DecisionOutcome; departureReason?: string | null },
  recommendation: ScoreRecommendation,
): Fault[] {
  const fault = (code: string, message: string): Fault[] => [{ code, message, field: ["departureReason"] }];
  const departs = isDeparture(outcome, recommendation);
  if (departs && departureReason === null) {
    return fault("DEPARTURE_UNEXPLAINED", `The score says ${recommendation}: say why you decide to ${outcome}.`);
  }
  if (!departs && departureReason !== null) {
    return fault("BAD_INPUT", `To ${outcome} does not depart from ${recommendation}: leave \`departureReason\` out.`);
  }
  return [];
}

/** Each dissenter once, and only who was there: members who sat on a panel, or who run the hiring. */
export function dissentFaults(dissents: readonly { memberId: string }[], concerned: ReadonlySet<string>): Fault[] {
  return dissents.flatMap(({ memberId }, index): Fault[] => {
    const field = ["dissents", `${index}`, "memberId"];
    if (dissents.findIndex((each) => each.memberId === memberId) < index) {
      return [{ code: "BAD_INPUT", message: "The member dissents twice: put both reasons into one.", field }];
    }
    if (concerned.has(memberId)) return [];
    const message = "The member neither sat on a panel of this application nor runs the hiring.";
    return [{ code: "NOT_CONCERNED", message, field }];
  });
}

interface Versioned {
  state: DecisionState;
  version: number;
}

/**
 * Of an application's decisions, the proposal to carry on; null where there is none.
 * @throws Refusal STALE_VERSION: nobody overwrites a proposal that they have not read
 */
export function proposalToCarryOn<D extends Versioned>(decisions: readonly D[], version: number | null): D | null {
  const proposal = decisions.find(({ state }) => state === "PROPOSED") ?? null;
  if (proposal && version !== proposal.version) {
    refuse(
      "STALE_VERSION",
      `A decision is proposed already: read it, and send its \`version\` ${proposal.version}.`,
      "version",
    );
  }
  if (!proposal && version !== null) {
    refuse("STALE_VERSION", "No decision is proposed any more: leave `version` out.", "version");
  }
  return proposal;
}

/** @throws Refusal ILLEGAL_MOVE unless a decision of that state can go there */
export function assertMove(from: DecisionState, to: DecisionState): void {
  if (DECISION_MOVES[from].includes(to)) return;
  const open = DECISION_MOVES[from].join(", ") || "nothing else";
  refuse("ILLEGAL_MOVE", `A decision that is ${from} cannot become ${to}; it can become: ${open}.`, "id");
}
