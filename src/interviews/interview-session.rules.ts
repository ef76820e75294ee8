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
  SCHEDULED: ["SCHEDULED", "IN_PROGRESS", "AWAITING_FEEDBACK", "NEEDS_SCHEDULING", "ON_HOLD", "CANCELLED", "NO_SHOW"],
  IN_PROGRESS: ["AWAITING_FEEDBACK", "CANCELLED", "NO_SHOW"],
  AWAITING_FEEDBACK: ["CANCELLED", "NO_SHOW"],
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

/** Where `stateAt` is COMPLETE now, as an SQL condition over the session `alias`; a test holds the two together. */
export const isCompleteSql = (alias: string): string =>
  `(${alias}.state = 'COMPLETE' or (${alias}.feedback_owed = 0 and (${alias}.state = 'AWAITING_FEEDBACK'
    or (${alias}.state in ('SCHEDULED', 'IN_PROGRESS') and ${alias}.ends_at <= now()))))`;

/** The session after a move. @throws Refusal ILLEGAL_MOVE */
export function moved<S extends Timed>(session: S, to: SessionState, now: Date): S {
  const from = stateAt(session, now);
  if (!SESSION_MOVES[from].includes(to)) {
    const open = SESSION_MOVES[from].join(", ") || "nowhere";
    refuse("ILLEGAL_MOVE", `A session that is ${from} cannot become ${to}; it can become: ${open}.`, "to");
  }
  return {
    ...session,
    ...(to === "NEEDS_SCHEDULING" ? { startsAt: null, endsAt: null, timeZone: null } : {}),
    state: to,
  };
}

interface Seat {
  feedbackRequired: boolean;
  feedbackGivenAt: Date | null;
  waivedAt: Date | null;
}

/** Whether the panellist still owes a scorecard. */
export const owesFeedback = ({ feedbackRequired, feedbackGivenAt, waivedAt }: Seat): boolean =>
  feedbackRequired && feedbackGivenAt === null && waivedAt === null;

/** The session once its panel's feedback is counted: COMPLETE when nobody owes any, and back when somebody does. */
export function settled<S extends Timed>(session: S, panel: readonly Seat[], now: Date): S {
  const feedbackOwed = panel.filter(owesFeedback).length;
  const counted = { ...session, feedbackOwed };
  const state = stateAt(counted, now);
  if (feedbackOwed > 0) return state === "COMPLETE" ? { ...counted, state: "AWAITING_FEEDBACK" } : counted;
  const given = panel.some(({ feedbackGivenAt }) => feedbackGivenAt !== null);
  return hasBegun(state) && (state !== "IN_PROGRESS" || given) ? { ...counted, state: "COMPLETE" } : counted;
}

interface Schedule extends Slot {
  timeZone: string | null;
}

const LONGEST_HOURS = 24;
const [EARLIEST_YEAR, LATEST_YEAR] = [2000, 2100];

/** What is wrong with a slot: it needs start, end and zone together, in order. */
export function scheduleFaults({ startsAt, endsAt, timeZone }: Schedule): Fault[] {
  const fault = (message: string, field: string): Fault => ({ code: "BAD_SCHEDULE", message, field: [field] });
  if (!startsAt && !endsAt && !timeZone) return [];
  const faults: Fault[] = [];
  if (!startsAt) faults.push(fault("A slot has a start.", "startsAt"));
  if (!endsAt) faults.push(fault("A slot has an end.", "endsAt"));
  if (startsAt && endsAt && endsAt <= startsAt) faults.push(fault("The session ends after it starts.", "endsAt"));
  if (startsAt && endsAt && endsAt.getTime() - startsAt.getTime() > LONGEST_HOURS * 3_600_000) {
    faults.push(fault(`A session lasts at most ${LONGEST_HOURS} hours.`, "endsAt"));
  }
  const year = startsAt?.getUTCFullYear() ?? EARLIEST_YEAR;
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
    faults.push(fault(`The session starts between ${EARLIEST_YEAR} and ${LATEST_YEAR}.`, "startsAt"));
  }
  if (!timeZone || !canonicalTimeZone(timeZone))
    faults.push(fault("`timeZone` is an IANA name such as Europe/Zurich.", "timeZone"));
  return faults;
}

/** The zone by the name that IANA gives it; null where it is none. */
export function canonicalTimeZone(name: string): string | null {
  // Intl also takes offsets such as +01:00, which know no summer time.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

interface PanelDraft {
  memberId: string;
}

/** What is wrong with a panel. */
export function panelFaults(panel: readonly PanelDraft[]): Fault[] {
  return panel.flatMap(({ memberId }, index) => {
    if (panel.findIndex((each) => each.memberId === memberId) === index) return [];
    return [
      { code: "BAD_INPUT", message: "The member sits on the panel twice.", field: ["panel", `${index}`, "memberId"] },
    ];
  });
}

/** Members who cannot take the seat they are given, in the order of the panel. */
export function absenceFaults(members: readonly { active: boolean }[]): Fault[] {
  return members.flatMap(({ active }, index) =>
    active
      ? []
      : [{ code: "BAD_INPUT", message: "The member is deactivated.", field: ["panel", `${index}`, "memberId"] }],
  );
}
