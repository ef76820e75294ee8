import { type Fault, refuse } from "../platform/errors";

export const SESSION_STATES = [
  "NEEDS_SCHEDULING",
  "SCHEDULED",
  "IN_PROGRESS",
  "AWAITING_FEEDBACK",
  "COMPLETE",
  "ON_HOLD",
  "CANCELLED",
  "NO_SHOW",
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** Where a session can go by the wish of somebody. COMPLETE follows from the scorecards alone. */
export const SESSION_MOVES: Readonly<Record<SessionState, readonly SessionState[]>> = {
  NEEDS_SCHEDULING: ["SCHEDULED", "ON_HOLD", "CANCELLED"],
  SCHEDULED: ["SCHEDULED", "IN_PROGRESS", "NEEDS_SCHEDULING", "ON_HOLD", "CANCELLED"],
  IN_PROGRESS: ["SCHEDULED", "AWAITING_FEEDBACK", "CANCELLED", "NO_SHOW"],
  AWAITING_FEEDBACK: ["SCHEDULED", "CANCELLED", "NO_SHOW"],
  COMPLETE: [],
  ON_HOLD: ["SCHEDULED", "NEEDS_SCHEDULING", "CANCELLED"],
  CANCELLED: [],
  NO_SHOW: [],
};

/** Where an interview has begun, so that there is something to rate. */
export const hasBegun = (state: SessionState): boolean =>
  state === "IN_PROGRESS" || state === "AWAITING_FEEDBACK" || state === "COMPLETE";

const CALLED_OFF: readonly SessionState[] = ["CANCELLED", "NO_SHOW"];

/** Where nothing more will come of the session. */
export const isCalledOff = (state: SessionState): boolean => CALLED_OFF.includes(state);

/** The same, as an SQL condition over the session `alias`. */
export const isCalledOffSql = (alias: string): string =>
  `(${alias}.state in (${CALLED_OFF.map((state) => `'${state}'`).join(", ")}))`;

interface Slot {
  startsAt: Date | null;
  endsAt: Date | null;
}

interface Timed extends Slot {
  state: SessionState;
  feedbackOwed: number;
  timeZone?: string | null;
}

const CLOCKED: readonly SessionState[] = ["SCHEDULED", "IN_PROGRESS", "AWAITING_FEEDBACK"];

/**
 * The state at an instant: a scheduled session is in progress from its start, awaits feedback from its end, and is
 * complete then where nobody owes any.
 */
export function stateAt({ state, startsAt, endsAt, feedbackOwed }: Timed, now: Date): SessionState {
  if (!CLOCKED.includes(state)) return state;
  const over = state === "AWAITING_FEEDBACK" || (endsAt !== null && now >= endsAt);
  if (over) return feedbackOwed === 0 ? "COMPLETE" : "AWAITING_FEEDBACK";
  return startsAt && now >= startsAt ? "IN_PROGRESS" : state;
}

/** `stateAt` an instant that SQL names, as an SQL expression over the session `alias`; a test holds the two together. */
export const stateAtSql = (alias: string, now: string): string => `(case
  when ${alias}.state not in (${CLOCKED.map((state) => `'${state}'`).join(", ")}) then ${alias}.state
  when ${alias}.state = 'AWAITING_FEEDBACK' or ${alias}.ends_at <= ${now}
    then case when ${alias}.feedback_owed = 0 then 'COMPLETE' else 'AWAITING_FEEDBACK' end
  when ${alias}.starts_at <= ${now} then 'IN_PROGRESS'
  else ${alias}.state end)`;

/** Where the session `alias` is COMPLETE now, as an SQL condition. */
export const isCompleteSql = (alias: string): string => `(${stateAtSql(alias, "now()")} = 'COMPLETE')`;

/** The session after a move that the input asks for in `field`. @throws Refusal ILLEGAL_MOVE */
export function moved<S extends Timed>(session: S, to: SessionState, now: Date, field = "to"): S {
  const from = stateAt(session, now);
  if (!SESSION_MOVES[from].includes(to)) {
    const open = SESSION_MOVES[from].join(", ") || "nowhere";
    refuse("ILLEGAL_MOVE", `A session that is ${from} cannot become ${to}; it can become: ${open}.`, field);
  }
  return {
    ...session,
    ...(to === "NEEDS_SCHEDULING" ? { startsAt: null, endsAt: null, timeZone: null } : {}),
    state: to,
  };
}

interface Given {
  feedbackGivenAt: Date | null;
}

interface Seat extends Given {
  feedbackRequired: boolean;
  waivedAt: Date | null;
}

/** Whether any scorecard of the session is in. */
export const isRated = (panel: readonly Given[]): boolean =>
  panel.some(({ feedbackGivenAt }) => feedbackGivenAt !== null);

/** Where no session goes that is rated, and why. */
const RULED_OUT: Readonly<Partial<Record<SessionState, string>>> = {
  NO_SHOW: "the candidate came. Those who run the hiring can make it CANCELLED",
  SCHEDULED: "it was held when it was. Plan another one instead",
};

/** What keeps a session that is rated from a move: what was seen of the candidate is not undone. */
export function ratedFaults(to: SessionState, panel: readonly Given[], field: string): Fault[] {
  const why = RULED_OUT[to];
  if (!why || !isRated(panel)) return [];
  return [{ code: "ILLEGAL_MOVE", message: `A scorecard of the session is in: ${why}.`, field: [field] }];
}

/** Whether the panellist still owes a scorecard. */
export const owesFeedback = ({ feedbackRequired, feedbackGivenAt, waivedAt }: Seat): boolean =>
  feedbackRequired && feedbackGivenAt === null && waivedAt === null;

/**
 * The session once its panel's feedback is counted: COMPLETE when nobody owes any, and back when somebody does; before its end
 * only where somebody was asked for feedback and gave it. Nobody owes any of a session that was called off.
 */
export function settled<S extends Timed>(session: S, panel: readonly Seat[], now: Date): S {
  const feedbackOwed = isCalledOff(session.state) ? 0 : panel.filter(owesFeedback).length;
  const counted = { ...session, feedbackOwed };
  const state = stateAt(counted, now);
  if (feedbackOwed > 0) return state === "COMPLETE" ? { ...counted, state: "AWAITING_FEEDBACK" } : counted;
  const isAnswered = isRated(panel.filter(({ feedbackRequired }) => feedbackRequired));
  return hasBegun(state) && (state !== "IN_PROGRESS" || isAnswered) ? { ...counted, state: "COMPLETE" } : counted;
}

/** Whether a session that is called off takes scorecards with it that are in: they would count no more. */
export const dropsFeedback = (next: Pick<Timed, "state">, panel: readonly Given[]): boolean =>
  isCalledOff(next.state) && isRated(panel);
