import {
  claimedSkills,
  inheritedId,
  type KnownCriterion,
  rubricFaults,
  unfinished,
} from "../../src/question-bank/rubric.rules";

type Draft = Parameters<typeof rubricFaults>[0];
type CriterionDraft = Draft["criteria"][number];

const anchors = (...values: number[]) => values.map((value) => ({ value, label: `${value}`, behaviour: "Seen." }));

const criterion = (change: Partial<CriterionDraft> = {}): CriterionDraft => ({
  key: "a",
  name: "A",
  skillId: "sql",
  weight: 1,
  scaleMin: 1,
  scaleMax: 5,
  anchors: anchors(1, 5),
  ...change,
});

const gate = (min: number) => ({ min, rule: "MEAN" as const });

describe("a rubric", () => {
  const table: [string, CriterionDraft[], [string, string][]][] = [
    ["that can be used", [criterion(), criterion({ key: "b", weight: 0 })], []],
    [
      "with gates on both ends of the scale",
      [criterion({ gate: gate(1) }), criterion({ key: "b", gate: gate(5) })],
      [],
    ],
    ["below zero", [criterion({ scaleMin: -5, scaleMax: -1, anchors: anchors(-3) })], []],
    ["without anchors", [criterion({ anchors: [], gate: null })], []],
    ["in which nothing weighs, which is unfinished only", [criterion({ weight: 0 })], []],
    ["with a key twice", [criterion(), criterion()], [["criteria.1.key", 'Criterion "a": the key is there twice.']]],
    [
      "with a scale of one value",
      [criterion({ scaleMin: 3, scaleMax: 3, anchors: [] })],
      [["criteria.0.scaleMax", 'Criterion "a": the scale ends at 3, not above 3, where it starts.']],
    ],
    [
      "with a scale upside down",
      [criterion({ scaleMin: 5, scaleMax: 1, anchors: [] })],
      [["criteria.0.scaleMax", 'Criterion "a": the scale ends at 1, not above 5, where it starts.']],
    ],
    [
      "with a weight below zero",
      [criterion({ weight: -1 })],
      [["criteria.0.weight", 'Criterion "a": the weight is -1, below 0.']],
    ],
    [
      "with a gate below the scale",
      [criterion({ gate: gate(0) })],
      [["criteria.0.gate.min", 'Criterion "a": the gate is at 0, outside the scale 1 to 5.']],
    ],
    [
      "with a gate above the scale",
      [criterion({ gate: gate(6) })],
      [["criteria.0.gate.min", 'Criterion "a": the gate is at 6, outside the scale 1 to 5.']],
    ],
    [
      "with an anchor off the scale",
      [criterion({ anchors: anchors(1, 6) })],
      [["criteria.0.anchors.1.value", 'Criterion "a": the anchor of 6 lies outside the scale 1 to 5.']],
    ],
    [
      "with a value anchored twice",
      [criterion({ anchors: anchors(2, 3, 2) })],
      [["criteria.0.anchors.2.value", 'Criterion "a": 2 has two anchors.']],
    ],
    [
      "with several faults, all of them",
      [criterion(), criterion({ gate: gate(9), anchors: anchors(0) })],
      [
        ["criteria.1.key", 'Criterion "a": the key is there twice.'],
        ["criteria.1.gate.min", 'Criterion "a": the gate is at 9, outside the scale 1 to 5.'],
        ["criteria.1.anchors.0.value", 'Criterion "a": the anchor of 0 lies outside the scale 1 to 5.'],
      ],
    ],
  ];

  test.each(table)("%s", (_, criteria, faults) => {
    expect(rubricFaults({ skillIds: ["sql"], criteria })).toEqual(
      faults.map(([path, message]) => ({ code: "RUBRIC_UNUSABLE", message, field: path.split(".") })),
    );
  });

  test("claims a skill once", () => {
    expect(rubricFaults({ skillIds: ["sql", "rest", "sql"], criteria: [criterion()] })).toEqual([
      { code: "RUBRIC_UNUSABLE", message: "The skill is claimed twice.", field: ["skillIds", "2"] },
    ]);
  });

  test("that does not say what it claims claims what it rates, each once", () => {
    const criteria = ["sql", "rest", "sql"].map((skillId, index) => criterion({ key: `k${index}`, skillId }));
    expect(claimedSkills(criteria)).toEqual(["sql", "rest"]);
  });
});

describe("a rubric is unfinished", () => {
  const whole = (change: Partial<CriterionDraft> = {}) => criterion({ anchors: anchors(1, 2, 3, 4, 5), ...change });
  const unsaid = (values: string, name = "A", key = "a") =>
    `Criterion "${name}" (${key}) does not say what an interviewer can observe at ${values}: ` +
    "give each value of its scale an anchor with a behaviour.";
  const weightless = "Every criterion weighs 0: at least one must weigh more.";

  const table: [string, CriterionDraft[], string[], [string, string][]][] = [
    ["no more, where it has all", [whole()], ["sql"], []],
    ["no more, where it claims less than it rates", [whole()], [], []],
    ["no more, where one of two weighs", [whole({ weight: 0 }), whole({ key: "b" })], ["sql"], []],
    [
      "while a value has no anchor, by the criterion's name and key",
      [whole(), whole({ key: "sql-joins", name: "Joins", anchors: anchors(1, 2, 4, 5) })],
      ["sql"],
      [["criteria.1.anchors", unsaid("3", "Joins", "sql-joins")]],
    ],
    [
      "while many values have none, told in short",
      [whole({ scaleMin: -1000, scaleMax: 1000, anchors: anchors(-1000, 0, 7, 9) })],
      ["sql"],
      [["criteria.0.anchors", unsaid("-999 to -1, 1 to 6, 8, 10 to 1000")]],
    ],
    [
      "while an anchor is blank",
      [whole({ scaleMax: 2, anchors: [...anchors(1), { value: 2, label: "Good", behaviour: " \n" }] })],
      ["sql"],
      [["criteria.0.anchors", unsaid("2")]],
    ],
    ["while nothing weighs", [whole({ weight: 0 }), whole({ key: "b", weight: 0 })], [], [["criteria", weightless]]],
    [
      "while nothing rates a claimed skill",
      [whole()],
      ["sql", "rest"],
      [["skillIds.1", 'No criterion rates "REST": add one, or do not claim the skill.']],
    ],
    [
      "in several places, all of them",
      [criterion({ weight: 0 }), criterion({ key: "b", weight: 0, anchors: [] })],
      ["rest", "ds"],
      [
        ["criteria.0.anchors", unsaid("2 to 4")],
        ["criteria.1.anchors", unsaid("1 to 5", "A", "b")],
        ["criteria", weightless],
        ["skillIds.0", 'No criterion rates "REST": add one, or do not claim the skill.'],
        ["skillIds.1", 'No criterion rates "DS": add one, or do not claim the skill.'],
      ],
    ],
  ];

  test.each(table)("%s", (_, criteria, claims, faults) => {
    const skills = claims.map((id) => ({ id, name: id.toUpperCase() }));
    expect(unfinished({ skills, criteria })).toEqual(
      faults.map(([path, message]) => ({ code: "RUBRIC_UNFINISHED", message, field: path.split(".") })),
    );
  });
});

describe("a criterion inherits its stable id", () => {
  const known = (stableId: string, change: Partial<KnownCriterion> = {}): KnownCriterion => ({
    key: "a",
    skillId: "sql",
    scaleMin: 1,
    scaleMax: 5,
    stableId,
    ...change,
  });

  const table: [string, KnownCriterion[], string | null][] = [
    ["from nothing, in the first version", [], null],
    ["from the one with its key, skill and scale", [known("other", { key: "b" }), known("same")], "same"],
    ["from the newest such one", [known("newer"), known("older")], "newer"],
    ["over a version in which its scale was another", [known("newer", { scaleMax: 7 }), known("older")], "older"],
    ["not from another key", [known("other", { key: "b" })], null],
    ["not from another skill", [known("other", { skillId: "rest" })], null],
    ["not from a scale that starts elsewhere", [known("other", { scaleMin: 0 })], null],
    ["not from a scale that ends elsewhere", [known("other", { scaleMax: 4 })], null],
  ];

  test.each(table)("%s", (_, earlier, expected) => expect(inheritedId(criterion(), earlier)).toBe(expected));
});
