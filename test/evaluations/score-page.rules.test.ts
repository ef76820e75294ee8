import { scorePage } from "../../src/evaluations/score-page.rules";
import { addingUp } from "../../src/evaluations/score-page-sum.rules";
import { picture, pictureGate, pictureSkill } from "./chart-pictures";
import { named, parsed, textOf } from "./markup";

const page = (more: Partial<Parameters<typeof scorePage>[0]> = {}) =>
  scorePage({
    candidate: "Chris Candidate",
    job: "Back-end developer",
    picture: picture(),
    madeBy: "Robin Recruiter",
    madeAt: new Date("2026-11-20T10:00:00Z"),
    expiresAt: new Date("2026-12-04T10:00:00Z"),
    readAt: new Date("2026-11-21T06:12:00Z"),
    ...more,
  });

/** As HTML, which is XML after its first line. */
const read = (...given: Parameters<typeof page>) =>
  parsed(
    page(...given)
      .replace("<!doctype html>\n", "")
      .trim(),
  );

const cellsOf = (table: number, ...given: Parameters<typeof page>) =>
  named(named(read(...given), "table")[table]!, "tr").map((row) => row.children.map((cell) => textOf(cell as never)));

test("the worked example: contributions add up to the score that is shown, by criterion and by skill", () => {
  const skills = cellsOf(0);
  expect(skills.slice(1)).toEqual(
    [
      ["SQL", "50.0 %", "69.44", "44.9 to 93.9", "100 %", "2", "34.72"],
      ["REST", "25.0 %", "54.17", "36.2 to 72.0", "100 %", "2", "13.55"],
      ["Data structures", "25.0 %", "83.33", "47.4 to 100.0", "100 %", "2", "20.83"],
      ["Overall", "100.0 %", "69.10", "50.7 to 87.5", "100 %", "3", "69.10"],
    ].map((row) => row.map((cell) => (cell.includes(" to ") ? expect.stringMatching(/^\d+\.\d to \d+\.\d$/) : cell))),
  );
  const points = cellsOf(1)
    .slice(1, -1)
    .flatMap((row) => (row.length === 7 ? [Number(row[6])] : []));
  expect(points).toHaveLength(5);
  expect(points.reduce((sum, each) => sum + each, 0)).toBeCloseTo(69.1, 9);
  expect(cellsOf(1).at(-1)).toEqual(["Overall", "100.0 %", "69.10"]);
});

test("it says who made the link, when, until when, and by which method", () => {
  const text = textOf(read());
  expect(text).toContain("The link was made by Robin Recruiter on 2026-11-20 10:00 UTC.");
  expect(text).toContain("It stops working on 2026-12-04 10:00 UTC, or when it is revoked.");
  expect(text).toContain("As it stood on 2026-11-21 06:12 UTC.");
  expect(text).toContain("Method assay-score/1.");
  expect(text).toContain("95 % interval 50.7 to 87.5; 92 % probable to be above the pass mark of 60; band ");
});

test("it has a language, one main heading, headed columns and rows, and a caption for each table", () => {
  const html = read({ picture: picture({ skills: [pictureSkill("SQL", { gates: [pictureGate()] })] }) });
  expect(html.attributes.lang).toBe("en");
  expect(named(html, "h1")).toHaveLength(1);
  expect(named(html, "table")).toHaveLength(3);
  for (const table of named(html, "table")) {
    expect(table.children[0]).toMatchObject({ name: "caption" });
    for (const heading of named(table, "th")) expect(heading.attributes.scope).toMatch(/^(col|row|rowgroup)$/);
    for (const row of named(table, "tr")) expect(named(row, "th").length).toBeGreaterThan(0);
  }
});

test("nothing in a name acts, and nothing is fetched", () => {
  const nasty = `<script>alert(1)</script><img src="x" onerror='y'>&amp;\u202e`;
  const html = read({
    candidate: nasty,
    job: nasty,
    madeBy: nasty,
    picture: picture({ skills: [pictureSkill(nasty)] }),
  });
  for (const name of ["script", "img", "link", "a", "iframe", "form"]) expect(named(html, name)).toEqual([]);
  expect(textOf(named(html, "h1")[0]!)).toBe(nasty.replace("\u202e", " "));
});

test("without a score there is nothing to add up, and it says why", () => {
  const html = read({
    picture: picture({
      overall: { score: null, reason: "NO_DATA", interval: null, uncertaintyReason: "NO_DATA", band: null },
      skills: [],
    }),
  });
  expect(textOf(html)).toContain("No score: recommended, borderline (no score: nobody rated it).");
  expect(
    named(named(html, "table")[1]!, "tr")
      .at(-1)!
      .children.map((cell) => textOf(cell as never)),
  ).toEqual(["Overall", "–", "–"]);
});

test.each([
  [[2500, 972.22, 833.33, 520.83, 2083.33], 6910, [2500, 972, 834, 521, 2083]],
  [[0.5, 0.5], 1, [1, 0]],
  [[], 0, []],
  [[100], 100, [100]],
])("%j is rounded so that it adds up to %d", (values, total, expected) => {
  expect(addingUp(values, total)).toEqual(expected);
});
