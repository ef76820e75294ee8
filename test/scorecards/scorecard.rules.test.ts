import type { Refusal } from "../../src/platform/errors";
import {
  moved,
  type RatingDraft,
  RECOMMENDATIONS,
  ratingFaults,
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

describe("handing in", () => {
  const draft = { state: "DRAFT" as const, recommendation: "YES" as const, submittedAt: null };
  const rated: RatingDraft[] = [
    { criterionId: "a", outcome: "RATED", value: 3 },
    { criterionId: "b", outcome: "NOT_OBSERVED" },
  ];

  test.each(RECOMMENDATIONS)("a complete draft that recommends %s is submitted now", (recommendation) => {
    const card = { ...draft, recommendation };
    expect(submitted(card, criteria, rated, NOW)).toEqual({ ...card, state: "SUBMITTED", submittedAt: NOW });
  });

  test.each<[string, object, RatingDraft[], string, string, string]>([
    [
      "without a recommendation",
      { recommendation: null },
      rated,
      "RECOMMENDATION_MISSING",
      "recommendation",
      "NO_DECISION",
    ],
    ["without one rating", {}, rated.slice(0, 1), "RATINGS_MISSING", "ratings", "Models data"],
    ["without any rating", {}, [], "RATINGS_MISSING", "ratings", "Writes queries, Models data"],
    ["that is in", { state: "SUBMITTED" }, rated, "ILLEGAL_MOVE", "id", "SUBMITTED"],
    ["that was amended", { state: "AMENDED" }, rated, "ILLEGAL_MOVE", "id", "AMENDED"],
    ["that was withdrawn", { state: "WITHDRAWN" }, rated, "ILLEGAL_MOVE", "id", "WITHDRAWN"],
  ])("one %s is refused, and told why", (_, more, ratings, code, field, words) => {
    const refusal = refusalOf(() => submitted({ ...draft, ...more }, criteria, ratings, NOW));
    expect(refusal?.faults).toEqual([{ code, field: [field], message: expect.stringContaining(words) }]);
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
    ["RATED without a value", [{ criterionId: "a", outcome: "RATED" }], [["VALUE_OUTSIDE_SCALE", "0", "value"]]],
    ["RATED with null", [r("a", null)], [["VALUE_OUTSIDE_SCALE", "0", "value"]]],
    [
      "a value that was not observed",
      [{ criterionId: "a", outcome: "NOT_OBSERVED", value: 3 }],
      [["VALUE_OUTSIDE_SCALE", "0", "value"]],
    ],
    [
      "a value that does not apply, though it is zero",
      [{ criterionId: "b", outcome: "NOT_APPLICABLE", value: 0 }],
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

  function r(criterionId: string, value: number | null): RatingDraft {
    return { criterionId, outcome: "RATED", value };
  }

  function o(criterionId: string, outcome: RatingDraft["outcome"]): RatingDraft {
    return { criterionId, outcome };
  }
});
