import { debriefTopics } from "../../src/evaluations/debrief.rules";
import { type DebriefTopic, TOPIC_KINDS } from "../../src/evaluations/debrief-topic.rules";
import { type CriterionEvidence, type Evidence, scoreOf } from "../../src/evaluations/evidence.rules";
import type { Recommendation } from "../../src/scorecards/scorecard.rules";

type Values = Record<string, number | "NOT_OBSERVED" | "NOT_APPLICABLE">;
type Skills = Record<string, { weight?: number; gate?: number }>;

interface Spec {
  skills?: Skills;
  /** Key is `skill.criterion`. */
  criteria?: Record<string, Partial<CriterionEvidence>>;
  /** By rater. */
  cards: Record<string, Values>;
  says?: Record<string, Recommendation>;
  passMark?: number;
}

/** Criteria on a scale of 1 to 5, weight 1; every skill weighs 1; pass mark 60, least coverage 60 %. */
function evidenceOf({
  skills = { sql: {} },
  criteria = { "sql.query": {} },
  cards,
  says = {},
  passMark = 60,
}: Spec): Evidence {
  return {
    profile: {
      passMark,
      leastCoveragePercent: 60,
      bands: [],
      expectations: Object.entries(skills).map(([skillId, { weight = 1, gate = null }]) => ({ skillId, weight, gate })),
    },
    criteria: Object.entries(criteria).map(([stableId, more]) => ({
      id: `row of ${stableId}`,
      stableId,
      skillId: stableId.split(".")[0]!,
      scaleMin: 1,
      scaleMax: 5,
      weight: 1,
      gateMin: null,
      gateRule: null,
      ...more,
    })),
    cards: Object.keys(cards).map((who) => ({
      id: who,
      interviewerId: who,
      state: "SUBMITTED",
      recommendation: says[who] ?? "NO_DECISION",
    })),
    ratings: Object.entries(cards).flatMap(([scorecardId, values]) =>
      Object.entries(values).map(([key, value]) => ({
        scorecardId,
        criterionId: `row of ${key}`,
        outcome: typeof value === "number" ? ("RATED" as const) : value,
        value: typeof value === "number" ? value : null,
      })),
    ),
    priors: [],
  };
}

const topicsOf = (spec: Spec): DebriefTopic[] => {
  const evidence = evidenceOf(spec);
  return debriefTopics(evidence, scoreOf(evidence));
};

/** Without what is null. */
const said = (topic: DebriefTopic) => Object.fromEntries(Object.entries(topic).filter(([, value]) => value !== null));

const ANN_AND_BOB = (ann: number, bob: number) => ({ ann: { "sql.query": ann }, bob: { "sql.query": bob } });

const CASES: [string, Spec, object[]][] = [
  ["all clear", { cards: ANN_AND_BOB(4, 4) }, []],
  [
    "a criterion's gate that failed",
    { criteria: { "sql.query": { gateMin: 4, gateRule: "MEAN" } }, cards: { ann: { "sql.query": 3 } } },
    [
      {
        kind: "FAILED_GATE",
        criterionId: "row of sql.query",
        found: 3,
        bound: 4,
        why: "It came to 3, and its gate wants a rating of at least 4: no strength elsewhere makes up for it.",
      },
    ],
  ],
  [
    "a skill's gate that failed",
    { skills: { sql: { gate: 80 } }, cards: { ann: { "sql.query": 4 } } },
    [
      {
        kind: "FAILED_GATE",
        skillId: "sql",
        found: 75,
        bound: 80,
        why: "It came to 75, and its gate wants a score of at least 80: no strength elsewhere makes up for it.",
      },
    ],
  ],
  [
    "a gate that nothing was held against, before the little that was seen",
    {
      criteria: { "sql.query": {}, "sql.schema": { gateMin: 2, gateRule: "ANY", weight: 3 } },
      cards: { ann: { "sql.query": 5, "sql.schema": "NOT_OBSERVED" } },
    },
    [
      {
        kind: "UNRESOLVED_GATE",
        criterionId: "row of sql.schema",
        bound: 2,
        why: "Nobody rated it, and its gate wants a rating of at least 2.",
      },
      {
        kind: "LOW_COVERAGE",
        found: 0.25,
        bound: 0.6,
        why: "25 % of what counts was rated; the profile wants 60 % before it recommends anything.",
      },
      {
        kind: "LOW_COVERAGE",
        skillId: "sql",
        found: 0.25,
        bound: 0.6,
        why: "25 % of it was rated; the profile wants 60 % of the whole.",
      },
    ],
  ],
  [
    "raters far apart, and so a score that may lie on either side",
    { cards: ANN_AND_BOB(2, 5) },
    [
      {
        kind: "DISAGREEMENT",
        criterionId: "row of sql.query",
        found: 1.5,
        bound: 5 / 6,
        effect: 37.5,
        why: "The 2 ratings span 3 and lie 1.5 from their mean on average, where more than 0.83 is too far; 37.5 points of the score hang on it.",
      },
      {
        kind: "BORDERLINE_SCORE",
        found: 62.5,
        bound: 60,
        interval: { lower: 0, upper: 100, level: 0.95, method: "t, moderated rater variance" },
        why: "The score of 62.5 could as well lie between 0 and 100, on either side of the pass mark of 60.",
      },
    ],
  ],
  ["raters who differ, but not too far", { passMark: 0, cards: ANN_AND_BOB(4, 5) }, []],
  [
    "disagreement on what the profile does not name: nothing hangs on it",
    {
      passMark: 0,
      criteria: { "sql.query": {}, "talk.tone": {} },
      cards: { ann: { "sql.query": 4, "talk.tone": 1 }, bob: { "sql.query": 4, "talk.tone": 5 } },
    },
    [],
  ],
  [
    "recommendations on both sides",
    { cards: ANN_AND_BOB(4, 4), says: { ann: "STRONG_YES", bob: "NO" } },
    [
      {
        kind: "OPPOSED_RECOMMENDATIONS",
        inFavour: 1,
        against: 1,
        why: "1 scorecard recommends to hire, 1 not to.",
      },
    ],
  ],
  [
    "a skill that no rubric rates, while enough was seen of the whole",
    { skills: { sql: {}, go: { weight: 1 } }, cards: { ann: { "sql.query": 5 } } },
    [
      {
        kind: "LOW_COVERAGE",
        skillId: "go",
        found: 0,
        bound: 0.6,
        why: "No interview was rated on it; the profile wants 60 % of the whole.",
      },
    ],
  ],
  [
    "a skill that weighs nothing, and one that does not matter for the candidate: neither is missed",
    {
      skills: { sql: {}, go: { weight: 0 }, ops: {} },
      criteria: { "sql.query": {}, "ops.alerts": {} },
      cards: { ann: { "sql.query": 5, "ops.alerts": "NOT_APPLICABLE" } },
    },
    [],
  ],
  [
    "nothing rated at all",
    { cards: { ann: { "sql.query": "NOT_OBSERVED" } } },
    [
      {
        kind: "LOW_COVERAGE",
        found: 0,
        bound: 0.6,
        why: "0 % of what counts was rated; the profile wants 60 % before it recommends anything.",
      },
      {
        kind: "LOW_COVERAGE",
        skillId: "sql",
        found: 0,
        bound: 0.6,
        why: "0 % of it was rated; the profile wants 60 % of the whole.",
      },
    ],
  ],
];

test.each(CASES)("a debrief talks of %s", (_, spec, expected) => {
  expect(topicsOf(spec).map(said)).toEqual(expected);
});

test("what moves the score most is talked about first", () => {
  const criteria = { "sql.query": { weight: 1 }, "sql.schema": { weight: 5 }, "sql.plans": { weight: 0 } };
  const [low, high] = [1, 5].map((value) => Object.fromEntries(Object.keys(criteria).map((key) => [key, value])));
  const found = topicsOf({ passMark: 0, criteria, cards: { ann: low!, bob: high! } });
  const disagreements = found.filter(({ kind }) => kind === "DISAGREEMENT");
  expect(disagreements.map(({ criterionId, effect }) => [criterionId, effect])).toEqual([
    ["row of sql.schema", expect.closeTo((50 * 5) / 6, 9)],
    ["row of sql.query", expect.closeTo(50 / 6, 9)],
    ["row of sql.plans", 0],
  ]);
});

test("every kind of topic comes in the order in which it presses", () => {
  const found = topicsOf({
    skills: { sql: { gate: 90 }, go: { gate: 50 } },
    criteria: { "sql.query": {}, "sql.schema": { weight: 3 }, "go.channels": {} },
    cards: ANN_AND_BOB(2, 5),
    says: { ann: "NO", bob: "YES" },
  });
  expect([...new Set(found.map(({ kind }) => kind))]).toEqual([...TOPIC_KINDS]);
});
