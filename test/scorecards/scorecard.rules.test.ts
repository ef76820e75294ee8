import type { Refusal } from "../../src/platform/errors";
import {
  patched,
  type RatingDraft,
  type RatingOutcome,
  type RatingPatch,
  ratingFaults,
  revised,
} from "../../src/scorecards/rating.rules";
import {
  moved,
  RECOMMENDATIONS,
  SCORECARD_MOVES,
  SCORECARD_STATES,
  type ScorecardState,
  submitted,
} from "../../src/scorecards/scorecard.rules";

const NOW = new Date("2026-11-20T14:00:00Z");

const refusalOf = (act: () => unknown): Refusal | null => {
  try {
    act();
    return null;
  } catch (refusal) {
    return refusal as Refusal;
  }
};

describe("moves of a scorecard", () => {
  const legal = ["DRAFT SUBMITTED", "DRAFT WITHDRAWN", "SUBMITTED AMENDED", "SUBMITTED WITHDRAWN"];
  const pairs = SCORECARD_STATES.flatMap((from) =>
    SCORECARD_STATES.map((to): [ScorecardState, ScorecardState, boolean] => [
      from,
      to,
      legal.includes(`${from} ${to}`),
    ]),
  );

  test.each(pairs)("%s to %s: %s", (from, to, isLegal) => {
    const card = { state: from, recommendation: null, id: "kept" };
    expect(SCORECARD_MOVES[from].includes(to)).toBe(isLegal);
    if (isLegal) expect(moved(card, to)).toEqual({ ...card, state: to });
    else expect(refusalOf(() => moved(card, to))?.faults).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["id"] }]);
  });
});

const criteria = [
  { id: "a", name: "Writes queries", scaleMin: 1, scaleMax: 5 },
  { id: "b", name: "Models data", scaleMin: -2, scaleMax: 2 },
];

const r = (criterionId: string, value: number | null, evidence = ""): RatingDraft => ({
  criterionId,
  outcome: "RATED",
  value,
  evidence,
});

const o = (criterionId: string, outcome: RatingOutcome, evidence = ""): RatingDraft => ({
  criterionId,
  outcome,
  value: null,
  evidence,
});

const STRICT = { requireEveryCriterion: true, requireEvidenceForExtremes: true };
const LAX = { requireEveryCriterion: false, requireEvidenceForExtremes: false };

describe("handing in", () => {
  const draft = { state: "DRAFT" as const, recommendation: "YES" as const, submittedAt: null };
  const rated = [r("a", 3), o("b", "NOT_OBSERVED")];
  const sheet = { criteria, ratings: rated, demands: STRICT };

  test.each(RECOMMENDATIONS)("a complete draft that recommends %s is submitted now", (recommendation) => {
    const card = { ...draft, recommendation };
    expect(submitted(card, sheet, NOW)).toEqual({ ...card, state: "SUBMITTED", submittedAt: NOW });
  });

  test.each(["SUBMITTED", "AMENDED", "WITHDRAWN"] as const)("one that is %s already is refused", (state) => {
    const refusal = refusalOf(() => submitted({ ...draft, state }, sheet, NOW));
    expect(refusal?.faults).toEqual([
      { code: "ILLEGAL_MOVE", field: ["id"], message: expect.stringContaining(`is ${state}`) },
    ]);
  });

  type Row = [what: string, ratings: RatingDraft[], strict: string[], lax: string[]];
  test.each<Row>([
    ["every criterion rated in the middle", rated, [], []],
    ["one criterion left out", [r("a", 3)], ["RATINGS_MISSING: Models data"], []],
    ["nothing rated", [], ["RATINGS_MISSING: Writes queries, Models data"], []],
    ["the lowest value, bare", [r("a", 1), r("b", 0)], ["EVIDENCE_MISSING: Writes queries"], []],
    ["the highest value, bare", [r("a", 5), r("b", 0)], ["EVIDENCE_MISSING: Writes queries"], []],
    ["both ends, bare", [r("b", -2), r("a", 5)], ["EVIDENCE_MISSING: Writes queries, Models data"], []],
    ["an end with evidence", [r("a", 5, "Joined four tables."), r("b", -2, "\u{1F6AB}")], [], []],
    ["an end with blanks", [r("a", 5, " \n\t\u00a0\u200b"), r("b", 0)], ["EVIDENCE_MISSING: Writes queries"], []],
    ["next to the ends", [r("a", 4), r("b", -1)], [], []],
    ["neither observed nor applicable", [o("a", "NOT_OBSERVED"), o("b", "NOT_APPLICABLE")], [], []],
    [
      "an end, and nothing of the other",
      [r("b", 2)],
      ["RATINGS_MISSING: Writes queries", "EVIDENCE_MISSING: Models data"],
      [],
    ],
  ])("%s", (_, ratings, strict, lax) => {
    expect(told(draft, ratings, STRICT)).toEqual(strict);
    expect(told(draft, ratings, LAX)).toEqual(lax);
  });

  test.each([STRICT, LAX])("a recommendation is always wanted: %j", (demands) => {
    const refusal = refusalOf(() => submitted({ ...draft, recommendation: null }, { ...sheet, demands }, NOW));
    expect(refusal?.faults).toMatchObject([{ code: "RECOMMENDATION_MISSING", field: ["recommendation"] }]);
  });

  test("all that is missing is told at once", () => {
    const missing = told({ ...draft, recommendation: null }, [r("a", 5)], STRICT);
    expect(missing.map((each) => each.split(":")[0])).toEqual([
      "RECOMMENDATION_MISSING",
      "RATINGS_MISSING",
      "EVIDENCE_MISSING",
    ]);
  });

  /** What is refused: the code, and the criteria that the message ends with. */
  function told(card: Parameters<typeof submitted>[0], ratings: RatingDraft[], demands: typeof STRICT): string[] {
    const faults = refusalOf(() => submitted(card, { criteria, ratings, demands }, NOW))?.faults ?? [];
    return faults.map(({ code, message }) => `${code}: ${message.replace(/^.*: (.*)\.$/, "$1")}`);
  }
});

describe("what is written over what was there", () => {
  const before = [r("a", 3, "Joined well."), o("b", "NOT_OBSERVED", "No time.")];

  test.each<[string, RatingPatch, RatingDraft]>([
    ["a value keeps the evidence", { criterionId: "a", value: 4 }, r("a", 4, "Joined well.")],
    ["evidence keeps the value", { criterionId: "a", evidence: "Joined." }, r("a", 3, "Joined.")],
    ["null keeps all", { criterionId: "a", value: null, outcome: null, evidence: null }, r("a", 3, "Joined well.")],
    ["an empty text clears the evidence", { criterionId: "a", evidence: "" }, r("a", 3)],
    [
      "another outcome takes the value away",
      { criterionId: "a", outcome: "NOT_APPLICABLE" },
      o("a", "NOT_APPLICABLE", "Joined well."),
    ],
    ["a value makes it RATED", { criterionId: "b", value: 0 }, r("b", 0, "No time.")],
    ["RATED wants a value where there was none", { criterionId: "b", outcome: "RATED" }, r("b", null, "No time.")],
    ["evidence keeps the outcome", { criterionId: "b", evidence: "Late." }, o("b", "NOT_OBSERVED", "Late.")],
    [
      "a value for another outcome stays for the check to refuse",
      { criterionId: "a", outcome: "NOT_OBSERVED", value: 2 },
      { ...r("a", 2, "Joined well."), outcome: "NOT_OBSERVED" },
    ],
    ["of a new criterion, a value alone", { criterionId: "c", value: 1 }, r("c", 1)],
    [
      "of a new criterion, evidence alone lacks a value",
      { criterionId: "c", evidence: "Seen." },
      r("c", null, "Seen."),
    ],
  ])("%s", (_, written, after) => {
    expect(patched(before, [written])).toEqual([after]);
  });

  test("what was not written is carried over, in the order of the criteria", () => {
    const third = { id: "c", name: "Third", scaleMin: 0, scaleMax: 1 };
    const all = revised([third, ...criteria], before, [r("b", 1), r("c", 0)]);
    expect(all).toEqual([r("c", 0), r("a", 3, "Joined well."), r("b", 1)]);
  });
});

describe("ratings", () => {
  test.each<[string, RatingDraft[], [string, ...string[]][]]>([
    ["the ends of the scales", [r("a", 1), r("b", 2)], []],
    ["the other ends, one of them below zero", [r("a", 5), r("b", -2)], []],
    ["zero where the scale has it", [r("b", 0)], []],
    ["none at all", [], []],
    ["below the scale", [r("a", 0)], [["VALUE_OUTSIDE_SCALE", "0", "value"]]],
    ["above the scale", [r("b", 3)], [["VALUE_OUTSIDE_SCALE", "0", "value"]]],
    ["RATED without a value", [r("a", null)], [["VALUE_OUTSIDE_SCALE", "0", "value"]]],
    [
      "a value that was not observed",
      [{ ...o("a", "NOT_OBSERVED"), value: 3 }],
      [["VALUE_OUTSIDE_SCALE", "0", "value"]],
    ],
    [
      "a value that does not apply, though it is zero",
      [{ ...o("b", "NOT_APPLICABLE"), value: 0 }],
      [["VALUE_OUTSIDE_SCALE", "0", "value"]],
    ],
    ["neither observed nor applicable", [o("a", "NOT_OBSERVED"), o("b", "NOT_APPLICABLE")], []],
    ["a criterion of another rubric", [r("z", 3)], [["CRITERION_NOT_RATED_HERE", "0", "criterionId"]]],
    ["one criterion twice", [r("a", 3), r("b", 0), r("a", 4)], [["BAD_INPUT", "2", "criterionId"]]],
    [
      "several faults, all told",
      [r("a", 9), r("z", 3), r("b", 0), r("b", 1)],
      [
        ["VALUE_OUTSIDE_SCALE", "0", "value"],
        ["CRITERION_NOT_RATED_HERE", "1", "criterionId"],
        ["BAD_INPUT", "3", "criterionId"],
      ],
    ],
  ])("%s", (_, ratings, expected) => {
    const faults = ratingFaults(ratings, criteria);
    expect(faults.map(({ code, field }) => [code, ...field!.slice(1)])).toEqual(expected);
    for (const { field } of faults) expect(field![0]).toBe("ratings");
  });
});
