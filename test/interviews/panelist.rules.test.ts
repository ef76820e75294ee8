import { hasBegun, SESSION_STATES } from "../../src/interviews/interview-session.rules";
import {
  answerFaults,
  closedFaults,
  emptinessFaults,
  excuseFaults,
  fullnessFaults,
  isInterviewing,
  leavingFaults,
  MOST_PANELISTS,
  newcomerFaults,
  panelFaults,
  reassigned,
  SEATS,
  type Seat,
} from "../../src/interviews/panelist.rules";
import type { Fault } from "../../src/platform/errors";

const seats = (...members: string[]) => members.map((memberId) => ({ memberId, seat: "INTERVIEWER" as const }));
const told = (faults: Fault[]) => faults.map(({ code, field }) => `${code} at ${field?.join(".")}`);

test.each<[string[], number[]]>([
  [["a", "b"], []],
  [["a", "a"], [1]],
  [
    ["a", "b", "a", "b", "a"],
    [2, 3, 4],
  ],
])("a panel of %j is faulty at seats %j", (members, places) => {
  expect(told(panelFaults(seats(...members)))).toEqual(places.map((seat) => `BAD_INPUT at panel.${seat}.memberId`));
});

test.each<[string, string[]]>([
  ["SCHEDULED", []],
  ["IN_PROGRESS", []],
  ["AWAITING_FEEDBACK", []],
  ["NEEDS_SCHEDULING", []],
  ["ON_HOLD", []],
  ["COMPLETE", ["ILLEGAL_MOVE at sessionId"]],
  ["CANCELLED", ["ILLEGAL_MOVE at sessionId"]],
  ["NO_SHOW", ["ILLEGAL_MOVE at sessionId"]],
])("a panel of a session that is %s is changed with %j", (state, faults) => {
  expect(told(closedFaults(state as never, "sessionId"))).toEqual(faults);
});

test("an invitation is answered while its time is to come or has begun", () => {
  const answered = SESSION_STATES.filter((state) => answerFaults(state).length === 0);
  expect(answered).toEqual(["SCHEDULED", "IN_PROGRESS"]);
});

test("a newcomer is active, and sits there once", () => {
  expect(told(newcomerFaults(seats("a"), { id: "b", active: true }))).toEqual([]);
  expect(told(newcomerFaults(seats("a"), { id: "a", active: false }))).toEqual([
    "BAD_INPUT at memberId",
    "BAD_INPUT at memberId",
  ]);
});

test("a panel has somebody, and not too many", () => {
  const crowd = Array.from({ length: MOST_PANELISTS }, (_, index) => ({ memberId: `${index}` }));
  expect([told(fullnessFaults(crowd)), told(fullnessFaults(crowd.slice(1)))]).toEqual([
    ["ILLEGAL_MOVE at sessionId"],
    [],
  ]);
});

test.each<[Seat[], boolean]>([
  [[], false],
  [["SHADOW"], false],
  [["SHADOW", "SHADOW"], false],
  [["SHADOW", "INTERVIEWER"], true],
  [["LEAD"], true],
])("a panel of %j has somebody who asks and rates: %s", (chairs, manned) => {
  const panel = chairs.map((seat, index) => ({ memberId: `${index}`, seat }));
  expect(told(panelFaults(panel))).toEqual(manned ? [] : ["BAD_INPUT at panel"]);
  expect(told(emptinessFaults(panel))).toEqual(manned ? [] : ["ILLEGAL_MOVE at panelistId"]);
  expect(told(emptinessFaults(panel, "seat"))).toEqual(manned ? [] : ["ILLEGAL_MOVE at seat"]);
});

const duty = { seat: "INTERVIEWER", feedbackRequired: true } as const;

test.each([
  ["nothing", {}, duty],
  ["null", { seat: null, feedbackRequired: null }, duty],
  ["a seat", { seat: "LEAD" }, { seat: "LEAD", feedbackRequired: true }],
  ["no scorecard", { feedbackRequired: false }, { seat: "INTERVIEWER", feedbackRequired: false }],
] as const)("of a wish for %s, what is left out stays", (_, wish, after) => {
  expect(reassigned(duty, wish)).toEqual(after);
});

test("a scorecard is required no more only before the session has begun, and required again always", () => {
  const free = { ...duty, feedbackRequired: false };
  for (const state of SESSION_STATES) {
    expect(told(excuseFaults(state, duty, free))).toEqual(hasBegun(state) ? ["ILLEGAL_MOVE at feedbackRequired"] : []);
    for (const before of [duty, free]) expect(excuseFaults(state, before, duty)).toEqual([]);
    expect(excuseFaults(state, free, free)).toEqual([]);
  }
});

test("who handed in stays", () => {
  expect(told(leavingFaults({ feedbackGivenAt: new Date() }))).toEqual(["ILLEGAL_MOVE at panelistId"]);
  expect(told(leavingFaults({ feedbackGivenAt: null }))).toEqual([]);
});

test("a shadow interviews nobody", () => {
  expect(SEATS.filter((seat) => isInterviewing([{ memberId: "a", seat }], "a"))).toEqual(["LEAD", "INTERVIEWER"]);
  expect(isInterviewing([{ memberId: "a", seat: "LEAD" }], "b")).toBe(false);
});
