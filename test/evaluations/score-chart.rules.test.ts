import { scoreChart } from "../../src/evaluations/score-chart.rules";
import type { PictureGate } from "../../src/evaluations/score-chart-picture.rules";
import { percent, plain, shown } from "../../src/evaluations/score-chart-words.rules";
import { interval, picture, pictureGate, pictureSkill } from "./chart-pictures";
import { all, named, parsed, textOf } from "./markup";

const chart = (...given: Parameters<typeof picture>) => parsed(scoreChart(picture(...given)));

/** Elements that draw; nothing that acts, fetches or styles is among them. */
const DRAWING = new Set(["svg", "title", "desc", "g", "rect", "line", "path", "circle", "text"]);

const NASTY = `<script>alert("1")</script> & 'Co' ]]> \u0000\u0007\u202e\ud800`;

const everyStatus: PictureGate["status"][] = ["PASSED", "FAILED", "UNRESOLVED", "NOT_APPLICABLE"];

const noScore = {
  recommendation: "INSUFFICIENT_EVIDENCE",
  borderline: null,
  probabilityAbovePass: null,
  overall: { score: null, reason: "NO_DATA", uncertaintyReason: "NO_DATA", coverage: 0, interval: null, band: null },
  skills: [pictureSkill("SQL", { score: null, reason: "NO_DATA", coverage: 0 })],
} as const;

const pictures: [string, Parameters<typeof picture>[0]][] = [
  ["the worked example", {}],
  ["no score", noScore],
  ["0", { overall: { score: 0 }, skills: [pictureSkill("SQL", { score: 0, interval: interval(0, 0) })], passMark: 0 }],
  [
    "100",
    {
      overall: { score: 100 },
      skills: [pictureSkill("SQL", { score: 100, interval: interval(90, 100) })],
      passMark: 100,
    },
  ],
  ["one skill", { skills: [pictureSkill("SQL")] }],
  ["no skill and no bands", { skills: [], bands: [] }],
  ["thirty skills", { skills: Array.from({ length: 30 }, (_, index) => pictureSkill(`Skill ${index}`)) }],
  ["every gate", { skills: [pictureSkill("SQL", { gates: everyStatus.map((status) => pictureGate({ status })) })] }],
  [
    "nasty names",
    { bands: [{ label: NASTY, min: 0 }], skills: [pictureSkill(NASTY, { gates: [pictureGate({ name: NASTY })] })] },
  ],
  [
    "long names",
    {
      bands: [{ label: "W".repeat(200), min: 99 }],
      skills: [pictureSkill("W".repeat(200)), pictureSkill("Long name ".repeat(20))],
    },
  ],
  [
    "names from right to left",
    { skills: [pictureSkill("قواعد البيانات", { gates: [pictureGate({ name: "تصميم" })] })] },
  ],
];

describe.each(pictures)("a picture of %s", (_, given) => {
  const svg = chart(given);

  test("is well formed, stands by itself and does nothing", () => {
    expect(svg.name).toBe("svg");
    expect(svg.attributes.xmlns).toBe("http://www.w3.org/2000/svg");
    for (const { name, attributes } of all(svg)) {
      expect(DRAWING).toContain(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        expect(attribute).not.toMatch(/^on|href|style|class/);
        expect(value).not.toMatch(/NaN|undefined|Infinity|url\(|javascript/);
      }
    }
  });

  test("is told by its title and description", () => {
    const [title, told] = svg.attributes["aria-labelledby"]!.split(" ");
    expect(svg.attributes.role).toBe("img");
    expect(svg.children[0]).toMatchObject({ name: "title", attributes: { id: title } });
    expect(svg.children[1]).toMatchObject({ name: "desc", attributes: { id: told } });
  });

  test("draws and writes within its frame", () => {
    const [, , width, height] = svg.attributes.viewBox!.split(" ").map(Number);
    for (const { attributes } of [...named(svg, "rect"), ...named(svg, "text")]) {
      const [x, y, wide, high] = ["x", "y", "width", "height"].map((key) => Number(attributes[key] ?? 0));
      expect(Math.min(x!, y!, wide!, high!)).toBeGreaterThanOrEqual(0);
      expect(x! + wide!).toBeLessThanOrEqual(width!);
      expect(y! + high!).toBeLessThanOrEqual(height!);
    }
  });

  test("is the same, byte for byte, each time", () => {
    expect(scoreChart(picture(given))).toBe(scoreChart(picture(given)));
  });
});

test("the description says everything that is drawn", () => {
  const gates = [
    pictureGate({ kind: "SKILL", rule: "SCORE", name: "SQL", min: 50, actual: 69.44 }),
    pictureGate({ name: "Query", status: "FAILED", actual: 2.999 }),
    pictureGate({ name: "Schema", rule: "ANY", status: "UNRESOLVED", actual: null }),
  ];
  const svg = chart({
    skills: [pictureSkill("SQL", { score: 69.44, coverage: 0.5, interval: interval(44.9, 93.9), gates })],
  });
  const told = textOf(named(svg, "desc")[0]!).replace(/[\u2068\u2069]/g, "");
  expect(told).toBe(
    "Overall 69.1 of 100: recommended, borderline. " +
      "95 % interval 50.7 to 87.5; 92 % probable to be above the pass mark of 60; band “L3”. Overall coverage 100 %. " +
      "The pass mark is 60. Bands: “L1” from 0, “L2” from 40, “L3” from 60, “L4” from 75, “L5” from 90. " +
      "“SQL”: 69.4 of 100, 95 % interval 44.9 to 93.9, coverage 50 %. " +
      "Gate passed: the skill, score 69.4, needs at least 50. " +
      "Gate failed: “Query”, mean rating 2.99, needs at least 3 (scale 1 to 5). " +
      "Gate unresolved: “Schema”, nobody rated it, needs at least 3 (scale 1 to 5).",
  );
});

test("without a score it says why", () => {
  const svg = chart(noScore);
  expect(textOf(named(svg, "title")[0]!)).toBe("Score chart. No score: not enough evidence");
  expect(textOf(svg)).toContain("no score: nobody rated it");
});

test("a bar, a line and a whisker stand at their values", () => {
  const across = (value: number) => 212 + (value / 100) * 376;
  const svg = chart({ skills: [], overall: { score: 50, coverage: 0.25, interval: interval(25, 75) } });
  const bars = named(svg, "rect").map(({ attributes: { x, width, height } }) => [x, width, height].map(Number));
  expect(bars).toContainEqual([212, 0.5 * 376, 20]);
  expect(bars).toContainEqual([212, 0.25 * 376, 6]);
  expect(
    named(svg, "line").some(({ attributes }) => attributes["stroke-dasharray"] && Number(attributes.x1) === across(60)),
  ).toBe(true);
  expect(
    named(svg, "path").some(
      ({ attributes }) => attributes.d!.startsWith(`M${across(25)}`) && attributes.d!.endsWith(`H${across(75)}`),
    ),
  ).toBe(true);
});

test("each result of a gate has a shape and a word of its own", () => {
  const drawn = everyStatus.map((status) => {
    const row = named(chart({ skills: [pictureSkill("SQL", { gates: [pictureGate({ status })] })] }), "g")[1]!;
    return {
      word: /Gate ([a-z ]+):/.exec(textOf(row))?.[1],
      shapes: row.children.slice(-3).map((each) => (each as { name: string }).name),
    };
  });
  expect(drawn.map(({ word }) => word)).toEqual(["passed", "failed", "unresolved", "not applicable"]);
  expect(new Set(drawn.map(({ shapes }) => shapes.join())).size).toBeGreaterThanOrEqual(3);
});

test("what a name says is shown and does nothing; controls are gone", () => {
  const svg = chart({ skills: [pictureSkill(NASTY)] });
  expect(textOf(svg)).toContain(`<script>alert("1")</script> & 'Co' ]]>`);
  for (const control of ["\u0000", "\u0007", "\u202e", "\ud800"]) expect(textOf(svg)).not.toContain(control);
});

test("a long name is shortened between characters, and stands whole in its title", () => {
  const name = "👩‍👩‍👧‍👦".repeat(60);
  const label = named(chart({ skills: [pictureSkill(name)] }), "text").find(({ children }) => children.length === 2)!;
  const [title, shortened] = label.children;
  expect(textOf(title as never)).toBe(name);
  expect(shortened).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
});

test("two pictures on one page do not share ids", () => {
  const idOf = (score: number) => chart({ overall: { score } }).attributes["aria-labelledby"];
  expect(idOf(60)).not.toBe(idOf(61));
});

/** Relative luminance, then contrast. @see WCAG 2.2, section 1.4.3 */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const hex = colour.length === 4 ? colour.replace(/[\da-f]/g, "$&$&") : colour;
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

test("all text is dark on light", () => {
  const fills = new Set(named(chart(), "text").map(({ attributes }) => attributes.fill!));
  for (const fill of fills) for (const paper of ["#fff", "#e8e8e8"]) expect(contrast(fill, paper)).toBeGreaterThan(4.5);
});

test.each([
  [59.96, "59.9"],
  [59.9999999999, "60.0"],
  [60.04, "60.0"],
  [69.0972, "69.1"],
  [100, "100.0"],
  [99.99, "99.9"],
  [0, "0.0"],
])("%d is shown as %s: nothing is rounded up to a threshold", (value, expected) => {
  expect(shown(value)).toBe(expected);
});

test.each([
  [0, "0 %"],
  [0.003, "<1 %"],
  [0.917, "92 %"],
  [0.997, ">99 %"],
  [1, "100 %"],
])("%d is %s", (part, expected) => {
  expect(percent(part)).toBe(expected);
});

test.each([
  [3, "3"],
  [10 / 3, "3.33"],
  [2.999, "2.99"],
])("a mean rating of %d is %s", (value, expected) => {
  expect(plain(value)).toBe(expected);
});
