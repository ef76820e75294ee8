import { profileFaults, saysTheSame } from "../../src/skills/role-profile.rules";

type Draft = Parameters<typeof profileFaults>[0];

const bands = (...mins: number[]) => mins.map((min, index) => ({ label: `L${index + 1}`, min }));
const expected = (...weights: number[]) => weights.map((weight, index) => ({ skillId: `skill ${index}`, weight }));

const good: Draft = { bands: bands(0, 40, 75), expectations: expected(2, 1) };

const table: [string, Partial<Draft>, [string, string][]][] = [
  ["a usable profile", {}, []],
  ["one band", { bands: bands(0) }, []],
  ["a band up to the last point", { bands: bands(0, 100) }, []],
  ["a skill that weighs nothing beside one that does", { expectations: expected(0, 1) }, []],
  ["no band at all", { bands: [] }, [["bands.0.min", "The first band starts at 0, so that every score has a band."]]],
  [
    "a first band above 0",
    { bands: bands(1, 40) },
    [["bands.0.min", "The first band starts at 0, so that every score has a band."]],
  ],
  [
    "two bands that start together",
    { bands: bands(0, 40, 40) },
    [["bands.2.min", 'Band "L3" starts at 40, not above the one before it.']],
  ],
  [
    "bands out of order",
    { bands: bands(0, 75, 40, 41) },
    [["bands.2.min", 'Band "L3" starts at 40, not above the one before it.']],
  ],
  [
    "weights of 0 alone",
    { expectations: expected(0, 0) },
    [["expectations", "At least one skill weighs more than 0."]],
  ],
  ["no expectation", { expectations: [] }, [["expectations", "At least one skill weighs more than 0."]]],
  [
    "a skill three times",
    { expectations: ["a", "b", "a", "a"].map((skillId) => ({ skillId, weight: 1 })) },
    [
      ["expectations.2.skillId", "The skill is expected twice."],
      ["expectations.3.skillId", "The skill is expected twice."],
    ],
  ],
  [
    "several faults, all of them",
    { bands: bands(5, 5), expectations: ["a", "a"].map((skillId) => ({ skillId, weight: 0 })) },
    [
      ["bands.0.min", "The first band starts at 0, so that every score has a band."],
      ["bands.1.min", 'Band "L2" starts at 5, not above the one before it.'],
      ["expectations", "At least one skill weighs more than 0."],
      ["expectations.1.skillId", "The skill is expected twice."],
    ],
  ],
];

test.each(table)("%s", (_, change, faults) => {
  expect(profileFaults({ ...good, ...change })).toEqual(
    faults.map(([path, message]) => ({ code: "PROFILE_UNUSABLE", message, field: path.split(".") })),
  );
});

describe("two profiles say the same", () => {
  type Standard = Parameters<typeof saysTheSame>[0];
  const standard: Standard = {
    level: "MIDDLE",
    passMark: 60,
    leastCoveragePercent: 60,
    bands: bands(0, 50),
    expectations: [
      { skillId: "a", level: "MIDDLE", weight: 1, gate: null },
      { skillId: "b", level: "SENIOR", weight: 1, gate: 0 },
    ],
  };
  const [a, b] = standard.expectations as [Standard["expectations"][number], Standard["expectations"][number]];

  const table: [string, Partial<Standard>, boolean][] = [
    ["when nothing differs", {}, true],
    ["when no gate is left out, not null", { expectations: [{ skillId: "a", level: "MIDDLE", weight: 1 }, b] }, true],
    ["not when a gate of 0 is none", { expectations: [a, { ...b, gate: null }] }, false],
    ["not in another order", { expectations: [b, a] }, false],
    ["not with one skill less", { expectations: [a] }, false],
    ["not with another band", { bands: bands(0, 51) }, false],
  ];

  test.each(table)("%s", (_, change, same) => expect(saysTheSame(standard, { ...standard, ...change })).toBe(same));
});
