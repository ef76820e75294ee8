import { card, criterion, score, skill } from "./panel";

const sql = [criterion("query", "sql", { weight: 2 }), criterion("schema", "sql")];
const rest = [criterion("design", "rest")];

test("the only skill has the interval of the whole", () => {
  const cards = [card("ann", { query: 4, schema: 3 }), card("bob", { query: 5, schema: 3 })];
  const { skills, overall } = score(sql, [skill("sql")], cards);
  expect(skills[0]!.interval).toEqual(overall.interval);
  expect(overall.interval).not.toBeNull();
});

test("a skill's interval comes from its own raters: what other skills got does not move it", () => {
  const intervalWith = (design: number) =>
    score(
      [...sql, ...rest],
      [skill("sql"), skill("rest", 3)],
      [card("ann", { query: 4, schema: 3, design }), card("bob", { query: 5, schema: 2, design: 1 })],
    ).skills.find(({ id }) => id === "sql")!.interval;
  expect(intervalWith(1)).toEqual(intervalWith(5));
  expect(intervalWith(1)).not.toBeNull();
});

test.each([
  ["one rater", [card("ann", { query: 4, schema: 3 })]],
  ["raters who share no criterion", [card("ann", { query: 4 }), card("bob", { schema: 3 })]],
  ["raters who agree fully", [card("ann", { query: 4 }), card("bob", { query: 4 })]],
  ["nobody", []],
])("%s: no interval is claimed, whatever history there is", (_, cards) => {
  const { skills } = score(sql, [skill("sql")], cards, { prior: { sd: 10, df: 20 } });
  expect(skills[0]!.interval).toBeNull();
});
