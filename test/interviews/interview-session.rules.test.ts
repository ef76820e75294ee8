import {
  dropsFeedback,
  hasBegun,
  isCalledOff,
  moved,
  owesFeedback,
  ratedFaults,
  SESSION_MOVES,
  SESSION_STATES,
  type SessionState,
  settled,
  stateAt,
} from "../../src/interviews/interview-session.rules";
import { Refusal } from "../../src/platform/errors";

const NOW = new Date("2026-11-20T14:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
/** Without a slot the clock moves nothing. */
const timeless = { startsAt: null, endsAt: null, feedbackOwed: 1 };

/** Rows go from, columns to; "x" is a move that somebody can make. COMPLETE is nobody's wish. */
const MOVES = `
                   NEEDS_SCHEDULING SCHEDULED IN_PROGRESS AWAITING_FEEDBACK COMPLETE ON_HOLD CANCELLED NO_SHOW
NEEDS_SCHEDULING   -                x         -           -                 -        x       x         -
SCHEDULED          x                x         x           -                 -        x       x         -
IN_PROGRESS        -                x         -           x                 -        -       x         x
AWAITING_FEEDBACK  -                x         -           -                 -        -       x         x
COMPLETE           -                -         -           -                 -        -       -         -
ON_HOLD            x                x         -           -                 -        -       x         -
CANCELLED          -                -         -           -                 -        -       -         -
NO_SHOW            -                -         -           -                 -        -       -         -
`;

interface Move {
  from: SessionState;
  to: SessionState;
  isLegal: boolean;
}

function movesIn(text: string): Move[] {
  const [header, ...rows] = text.trim().split("\n");
  const columns = header!.trim().split(/ +/) as SessionState[];
  return rows.flatMap((row) => {
    const [from, ...marks] = row.split(/ +/);
    return columns.map((to, index) => ({ from: from as SessionState, to, isLegal: marks[index] === "x" }));
  });
}

const moves = movesIn(MOVES);

const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (refusal) {
    return (refusal as Refusal).code;
  }
};

describe("moves", () => {
  test("the table names every pair of states", () => {
    expect(moves).toHaveLength(SESSION_STATES.length ** 2);
    expect(new Set(moves.map(({ from, to }) => `${from} ${to}`)).size).toBe(64);
  });

  test.each(moves)("$from to $to: $isLegal", ({ from, to, isLegal }) => {
    expect(SESSION_MOVES[from].includes(to)).toBe(isLegal);
    const session = { ...timeless, state: from, id: "kept" };
    const slot = to === "NEEDS_SCHEDULING" ? { startsAt: null, endsAt: null, timeZone: null } : {};
    if (isLegal) expect(moved(session, to, NOW)).toEqual({ ...session, ...slot, state: to });
    else expect(codeOf(() => moved(session, to, NOW))).toBe("ILLEGAL_MOVE");
  });

  test("an illegal move says what is open", () => {
    const act = () => moved({ ...timeless, state: "IN_PROGRESS" }, "ON_HOLD", NOW);
    expect(act).toThrow(Refusal);
    expect(act).toThrow("it can become: SCHEDULED, AWAITING_FEEDBACK, CANCELLED, NO_SHOW");
    expect(() => moved({ ...timeless, state: "COMPLETE" }, "ON_HOLD", NOW)).toThrow("it can become: nowhere");
  });

  test("a session moves from where the clock has brought it", () => {
    const over = { state: "SCHEDULED" as const, startsAt: at(-90), endsAt: at(-30), feedbackOwed: 1 };
    expect(codeOf(() => moved(over, "ON_HOLD", NOW))).toBe("ILLEGAL_MOVE");
    expect(moved(over, "NO_SHOW", NOW).state).toBe("NO_SHOW");
  });

  test("one that has not begun cannot be over, until its start has come", () => {
    const early = { state: "SCHEDULED" as const, startsAt: at(1), endsAt: at(61), feedbackOwed: 1 };
    const due = { ...early, startsAt: at(0) };
    for (const to of ["AWAITING_FEEDBACK", "NO_SHOW"] as const) {
      expect(codeOf(() => moved(early, to, NOW))).toBe("ILLEGAL_MOVE");
      expect(moved(due, to, NOW).state).toBe(to);
    }
  });

  test("an illegal one is told at the field that asked for it", () => {
    const act = () => moved({ ...timeless, state: "COMPLETE" }, "SCHEDULED", NOW, "id");
    expect(act).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ field: ["id"] })] }));
  });
});

describe("the state at an instant", () => {
  test.each<[SessionState, number | null, number | null, SessionState]>([
    // stored, start and end in minutes from now, state now
    ["SCHEDULED", 1, 61, "SCHEDULED"],
    ["SCHEDULED", 0, 60, "IN_PROGRESS"],
    ["SCHEDULED", -1, 59, "IN_PROGRESS"],
    ["SCHEDULED", -60, 0, "AWAITING_FEEDBACK"],
    ["SCHEDULED", -90, -30, "AWAITING_FEEDBACK"],
    ["SCHEDULED", null, null, "SCHEDULED"],
    ["IN_PROGRESS", 30, 90, "IN_PROGRESS"],
    ["IN_PROGRESS", -30, 30, "IN_PROGRESS"],
    ["IN_PROGRESS", -60, 0, "AWAITING_FEEDBACK"],
    ["IN_PROGRESS", null, null, "IN_PROGRESS"],
    ["NEEDS_SCHEDULING", -90, -30, "NEEDS_SCHEDULING"],
    ["AWAITING_FEEDBACK", 30, 90, "AWAITING_FEEDBACK"],
    ["COMPLETE", 30, 90, "COMPLETE"],
    ["ON_HOLD", -90, -30, "ON_HOLD"],
    ["CANCELLED", -90, -30, "CANCELLED"],
    ["NO_SHOW", -90, -30, "NO_SHOW"],
  ])("%s, from %s to %s minutes from now, is %s", (state, start, end, expected) => {
    const slot = { startsAt: start === null ? null : at(start), endsAt: end === null ? null : at(end) };
    expect(stateAt({ state, ...slot, feedbackOwed: 1 }, NOW)).toBe(expected);
  });

  test.each<[SessionState, number, SessionState]>([
    ["SCHEDULED", 30, "SCHEDULED"],
    ["SCHEDULED", -30, "IN_PROGRESS"],
    ["SCHEDULED", -90, "COMPLETE"],
    ["IN_PROGRESS", -90, "COMPLETE"],
    ["AWAITING_FEEDBACK", 30, "COMPLETE"],
    ["NEEDS_SCHEDULING", -90, "NEEDS_SCHEDULING"],
    ["ON_HOLD", -90, "ON_HOLD"],
    ["CANCELLED", -90, "CANCELLED"],
  ])("where nobody owes a scorecard, %s that starts in %s minutes for an hour is %s", (state, start, expected) => {
    const session = { state, startsAt: at(start), endsAt: at(start + 60), feedbackOwed: 0 };
    expect(stateAt(session, NOW)).toBe(expected);
  });

  test.each<[SessionState, boolean, boolean]>([
    ["NEEDS_SCHEDULING", false, false],
    ["SCHEDULED", false, false],
    ["IN_PROGRESS", true, false],
    ["AWAITING_FEEDBACK", true, false],
    ["COMPLETE", true, false],
    ["ON_HOLD", false, false],
    ["CANCELLED", false, true],
    ["NO_SHOW", false, true],
  ])("%s has begun: %s, is called off: %s", (state, begun, calledOff) => {
    expect([hasBegun(state), isCalledOff(state)]).toEqual([begun, calledOff]);
  });
});

const owing = { feedbackRequired: true, feedbackGivenAt: null, waivedAt: null };
const given = { feedbackRequired: true, feedbackGivenAt: NOW, waivedAt: null };
const waived = { feedbackRequired: true, feedbackGivenAt: null, waivedAt: NOW };
const free = { feedbackRequired: false, feedbackGivenAt: null, waivedAt: null };
const kind = { feedbackRequired: false, feedbackGivenAt: NOW, waivedAt: null };
const panels = { owing, given, waived, free, kind };
type Chair = keyof typeof panels;

describe("feedback", () => {
  test.each<[Chair, boolean]>([
    ["owing", true],
    ["given", false],
    ["waived", false],
    ["free", false],
    ["kind", false],
  ])("a seat that is %s owes a scorecard: %s", (chair, owes) => {
    expect(owesFeedback(panels[chair])).toBe(owes);
  });

  test.each<[SessionState, Chair[], SessionState]>([
    ["IN_PROGRESS", ["owing"], "IN_PROGRESS"],
    ["IN_PROGRESS", ["given", "owing"], "IN_PROGRESS"],
    ["IN_PROGRESS", ["given"], "COMPLETE"],
    ["IN_PROGRESS", ["given", "waived", "free"], "COMPLETE"],
    ["IN_PROGRESS", ["waived"], "IN_PROGRESS"],
    ["IN_PROGRESS", ["free"], "IN_PROGRESS"],
    ["IN_PROGRESS", ["free", "kind"], "IN_PROGRESS"],
    ["IN_PROGRESS", ["waived", "kind"], "IN_PROGRESS"],
    ["IN_PROGRESS", ["given", "kind"], "COMPLETE"],
    ["AWAITING_FEEDBACK", ["free", "kind"], "COMPLETE"],
    ["AWAITING_FEEDBACK", ["owing"], "AWAITING_FEEDBACK"],
    ["AWAITING_FEEDBACK", ["given"], "COMPLETE"],
    ["AWAITING_FEEDBACK", ["waived"], "COMPLETE"],
    ["AWAITING_FEEDBACK", ["free"], "COMPLETE"],
    ["AWAITING_FEEDBACK", [], "COMPLETE"],
    ["COMPLETE", ["given", "waived", "free"], "COMPLETE"],
    ["COMPLETE", ["given", "owing"], "AWAITING_FEEDBACK"],
    ["COMPLETE", ["waived"], "COMPLETE"],
    ["NEEDS_SCHEDULING", ["waived"], "NEEDS_SCHEDULING"],
    ["SCHEDULED", ["waived"], "SCHEDULED"],
    ["ON_HOLD", ["given"], "ON_HOLD"],
    ["CANCELLED", ["given"], "CANCELLED"],
    ["NO_SHOW", ["given"], "NO_SHOW"],
  ])("%s with a panel that is %j settles as %s", (state, chairs, expected) => {
    const panel = chairs.map((chair) => panels[chair]);
    expect(settled({ ...timeless, state }, panel, NOW)).toMatchObject({
      state: expected,
      feedbackOwed: panel.filter(owesFeedback).length,
    });
  });

  test("a session whose time is over settles, though it was never moved", () => {
    const over = { state: "SCHEDULED" as const, startsAt: at(-90), endsAt: at(-30), feedbackOwed: 1 };
    expect(settled(over, [given], NOW).state).toBe("COMPLETE");
    expect(settled(over, [given, owing], NOW).state).toBe("SCHEDULED");
  });
});

test.each<[SessionState, Chair[], string | null]>([
  ["NO_SHOW", ["owing", "kind"], "the candidate came. Those who run the hiring can make it CANCELLED."],
  ["SCHEDULED", ["given"], "it was held when it was. Plan another one instead."],
  ["NO_SHOW", ["owing", "waived", "free"], null],
  ["SCHEDULED", ["owing"], null],
  ["CANCELLED", ["given"], null],
  ["AWAITING_FEEDBACK", ["given", "owing"], null],
])("what keeps a session from %s with a panel that is %j: %s", (to, chairs, why) => {
  const message = `A scorecard of the session is in: ${why}`;
  expect(
    ratedFaults(
      to,
      chairs.map((chair) => panels[chair]),
      "id",
    ),
  ).toEqual(why ? [{ code: "ILLEGAL_MOVE", message, field: ["id"] }] : []);
});

describe("what was called off", () => {
  test.each<[SessionState, number]>([
    ["CANCELLED", 0],
    ["NO_SHOW", 0],
    ["ON_HOLD", 1],
    ["SCHEDULED", 1],
  ])("of %s, %s scorecards are owed", (state, feedbackOwed) => {
    expect(settled({ ...timeless, state }, [owing], NOW)).toMatchObject({ state, feedbackOwed });
  });

  test.each<[SessionState, Chair[], boolean]>([
    ["CANCELLED", ["given"], true],
    ["NO_SHOW", ["owing", "kind"], true],
    ["CANCELLED", ["owing", "waived", "free"], false],
    ["AWAITING_FEEDBACK", ["given"], false],
  ])("becoming %s with a panel that is %j drops scorecards that are in: %s", (state, chairs, drops) => {
    const panel = chairs.map((chair) => panels[chair]);
    expect(dropsFeedback({ state }, panel)).toBe(drops);
  });
});
