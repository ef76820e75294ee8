import { mayDecide, mayPropose } from "../../src/evaluations/decision.policy";
import {
  assertMove,
  DECISION_MOVES,
  DECISION_OUTCOMES,
  DECISION_STATES,
  type DecisionOutcome,
  departureFaults,
  dissentFaults,
  proposalToCarryOn,
} from "../../src/evaluations/decision.rules";
import type { ScoreRecommendation } from "../../src/evaluations/score.rules";
import { ROLES, type Role, type Viewer } from "../../src/identity/viewer.rules";
import { SEATS, type Seat } from "../../src/interviews/panelist.rules";
import type { Refusal } from "../../src/platform/errors";

/** The code and the field of what is refused; null where nothing is. */
function refusal(work: () => unknown) {
  try {
    work();
    return null;
  } catch (error) {
    const [{ code, field }] = (error as Refusal).faults;
    return { code, field };
  }
}

const RECOMMENDATIONS: ScoreRecommendation[] = ["RECOMMENDED", "NOT_RECOMMENDED", "INSUFFICIENT_EVIDENCE"];
const DEPARTURES = new Set(["HIRE NOT_RECOMMENDED", "HIRE INSUFFICIENT_EVIDENCE", "REJECT RECOMMENDED"]);
const MEETINGS = DECISION_OUTCOMES.flatMap((outcome) =>
  RECOMMENDATIONS.map((recommendation): [DecisionOutcome, ScoreRecommendation] => [outcome, recommendation]),
);

test.each(MEETINGS)("to %s where the score says %s wants a reason only where it departs", (outcome, recommendation) => {
  const departs = DEPARTURES.has(`${outcome} ${recommendation}`);
  const codes = (departureReason: string | null | undefined) =>
    departureFaults({ outcome, departureReason }, recommendation).map(({ code }) => code);
  expect(codes(null)).toEqual(departs ? ["DEPARTURE_UNEXPLAINED"] : []);
  expect(codes(undefined)).toEqual(codes(null));
  expect(codes("Because")).toEqual(departs ? [] : ["BAD_INPUT"]);
});

test("each dissenter is named once, and was there", () => {
  const dissents = ["ann", "zoe", "ann"].map((memberId) => ({ memberId }));
  expect(dissentFaults(dissents, new Set(["ann", "bob"])).map(({ code, field }) => [code, field])).toEqual([
    ["NOT_CONCERNED", ["dissents", "1", "memberId"]],
    ["BAD_INPUT", ["dissents", "2", "memberId"]],
  ]);
});

test.each([
  ["nothing was proposed", [], null, null],
  ["the proposal was read", [{ state: "PROPOSED", version: 3 }], 3, 3],
  ["an older decision was reopened", [{ state: "REOPENED", version: 2 }], null, null],
  ["the proposal was not read", [{ state: "PROPOSED", version: 3 }], null, "STALE_VERSION"],
  ["the proposal has changed", [{ state: "PROPOSED", version: 3 }], 2, "STALE_VERSION"],
  ["the proposal is gone", [{ state: "REOPENED", version: 4 }], 3, "STALE_VERSION"],
] as const)("a decision is carried on where %s", (_, decisions, version, expected) => {
  let carried: number | null = null;
  const refused = refusal(() => {
    carried = proposalToCarryOn([...decisions], version)?.version ?? null;
  });
  expect(refused?.code ?? carried).toBe(expected);
});

test.each(DECISION_STATES.flatMap((from) => DECISION_STATES.map((to) => [from, to] as const)))(
  "from %s to %s",
  (from, to) => {
    const code = DECISION_MOVES[from].includes(to) ? undefined : "ILLEGAL_MOVE";
    expect(refusal(() => assertMove(from, to))?.code).toBe(code);
  },
);

test("a recorded decision can only be reopened, and a reopened one is kept as it is", () => {
  expect([DECISION_MOVES.RECORDED, DECISION_MOVES.REOPENED]).toEqual([["REOPENED"], []]);
});

const viewer = (role: Role): Viewer => ({ kind: "MEMBER", organizationId: "o", id: "m", role });

test("hiring managers and administrators decide", () => {
  expect(ROLES.filter((role) => mayDecide(viewer(role)))).toEqual(["ADMIN", "HIRING_MANAGER"]);
  expect(mayDecide({ kind: "WORKER", organizationId: "o", id: null })).toBe(false);
});

test.each([...SEATS, null])("those who run the hiring and leads propose, sitting as %s", (seat: Seat | null) => {
  const seats = seat ? [{ seat }] : [];
  const expected = ["ADMIN", "RECRUITER", "HIRING_MANAGER", ...(seat === "LEAD" ? ["INTERVIEWER"] : [])];
  expect(ROLES.filter((role) => mayPropose(viewer(role), seats))).toEqual(expected);
});
