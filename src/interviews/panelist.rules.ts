import type { Fault } from "../platform/errors";
import { hasBegun, isCalledOff, type SessionState } from "./interview-session.rules";

/** LEAD runs the interview, INTERVIEWER asks and rates, SHADOW listens and learns. */
export const SEATS = ["LEAD", "INTERVIEWER", "SHADOW"] as const;
export type Seat = (typeof SEATS)[number];

/** What a panellist says to the invitation. */
export const INVITATION_RESPONSES = ["PENDING", "ACCEPTED", "TENTATIVE", "DECLINED"] as const;
export type InvitationResponse = (typeof INVITATION_RESPONSES)[number];

/** An answer; PENDING is none. */
export type InvitationAnswer = Exclude<InvitationResponse, "PENDING">;

export const MOST_PANELISTS = 20;

/** A new seat: nothing was said or handed in yet. */
export const freshSeat = {
  feedbackGivenAt: null,
  waivedAt: null,
  waivedReason: null,
  response: "PENDING",
  respondedAt: null,
  responseNote: null,
} as const;

/** Whether the member asks and rates here, not only listens. */
export const isInterviewing = (panel: readonly { memberId: string; seat: Seat }[], memberId: string | null): boolean =>
  panel.some((each) => each.memberId === memberId && each.seat !== "SHADOW");

interface Placed {
  memberId: string;
}

interface Seated {
  seat: Seat;
}

/** Whether somebody asks and rates; a panel of shadows is a panel of nobody. */
const isManned = (panel: readonly Seated[]): boolean => panel.some(({ seat }) => seat !== "SHADOW");

/** What is wrong with a panel. */
export function panelFaults(panel: readonly (Placed & Seated)[]): Fault[] {
  const shadows = "Nobody on the panel asks and rates: seat somebody as LEAD or INTERVIEWER.";
  const doubles = panel.flatMap(({ memberId }, index) => {
    if (panel.findIndex((each) => each.memberId === memberId) === index) return [];
    return [
      { code: "BAD_INPUT", message: "The member sits on the panel twice.", field: ["panel", `${index}`, "memberId"] },
    ];
  });
  return isManned(panel) ? doubles : [...doubles, { code: "BAD_INPUT", message: shadows, field: ["panel"] }];
}

/** Members who cannot take the seat they are given, in the order of the panel. */
export const absenceFaults = (members: readonly { active: boolean }[]): Fault[] =>
  members.flatMap(({ active }, index) => (active ? [] : [deactivated(["panel", `${index}`, "memberId"])]));

const deactivated = (field: string[]): Fault => ({
  code: "BAD_INPUT",
  message: "The member is deactivated: name somebody else.",
  field,
});

/** What keeps a member from taking a seat on a panel. */
export function newcomerFaults(panel: readonly Placed[], { id, active }: { id: string; active: boolean }): Fault[] {
  const twice = { code: "BAD_INPUT", message: "The member sits on this panel already.", field: ["memberId"] };
  return [
    ...(panel.some(({ memberId }) => memberId === id) ? [twice] : []),
    ...(active ? [] : [deactivated(["memberId"])]),
  ];
}

/** What keeps one more from sitting on the panel. */
export function fullnessFaults({ length }: readonly Placed[]): Fault[] {
  const message = `The panel has ${MOST_PANELISTS} members, and no room for more: replace one of them.`;
  return length < MOST_PANELISTS ? [] : [{ code: "ILLEGAL_MOVE", message, field: ["sessionId"] }];
}

/** What keeps a panellist from leaving: what they handed in is part of the score. */
export function leavingFaults({ feedbackGivenAt }: { feedbackGivenAt: Date | null }): Fault[] {
  const message = "Their scorecard is in: they stay on the panel, unless they withdraw it first.";
  return feedbackGivenAt === null ? [] : [{ code: "ILLEGAL_MOVE", message, field: ["panelistId"] }];
}

/** What keeps a panel from becoming one on which nobody asks and rates. */
export function emptinessFaults(left: readonly Seated[], field = "panelistId"): Fault[] {
  const message =
    left.length === 0
      ? "Nobody would be left on the panel: replace them, or call the session off."
      : "Nobody but shadows would be left on the panel: seat somebody as LEAD or INTERVIEWER first.";
  return isManned(left) ? [] : [{ code: "ILLEGAL_MOVE", message, field: [field] }];
}

interface Duty extends Seated {
  feedbackRequired: boolean;
}

/** What a member is there for from now on. Whatever is left out or null stays. */
export const reassigned = (before: Duty, wish: { [key in keyof Duty]?: Duty[key] | null | undefined }): Duty => ({
  seat: wish.seat ?? before.seat,
  feedbackRequired: wish.feedbackRequired ?? before.feedbackRequired,
});

/** What keeps a scorecard from being required no more: once the session has begun, that wants a reason. */
export function excuseFaults(state: SessionState, before: Duty, after: Duty): Fault[] {
  const message = `The session is ${state}: use \`waiveScorecard\`, which takes a reason.`;
  const isExcused = before.feedbackRequired && !after.feedbackRequired;
  return isExcused && hasBegun(state) ? [{ code: "ILLEGAL_MOVE", message, field: ["feedbackRequired"] }] : [];
}

/** What keeps a panel as it is. */
export function closedFaults(state: SessionState, field: string): Fault[] {
  const message = `The session is ${state}: its panel stays as it is.`;
  return state === "COMPLETE" || isCalledOff(state) ? [{ code: "ILLEGAL_MOVE", message, field: [field] }] : [];
}

/** What keeps a panellist from answering an invitation: there is a time to answer to until the session is over. */
export function answerFaults(state: SessionState): Fault[] {
  const message = `The session is ${state}: there is no invitation to answer.`;
  return state === "SCHEDULED" || state === "IN_PROGRESS"
    ? []
    : [{ code: "ILLEGAL_MOVE", message, field: ["panelistId"] }];
}
