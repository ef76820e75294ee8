import { BoundedNames } from "../../../src/platform/metrics/bounded-names";

test("names are kept as they come, and known for ever", () => {
  const names = new BoundedNames(2);
  expect(["Dashboard", "Search", "Dashboard"].map((name) => names.labelOf(name))).toEqual([
    "Dashboard",
    "Search",
    "Dashboard",
  ]);
});

test("what is over counts as `other`, whatever it is called", () => {
  const names = new BoundedNames(1);
  expect(names.labelOf("Dashboard")).toBe("Dashboard");
  for (let n = 0; n < 10_000; n++) expect(names.labelOf(`Name${n}`)).toBe("other");
  expect(names.labelOf("Dashboard")).toBe("Dashboard");
});

test("a name longer than 64 letters takes no room", () => {
  const names = new BoundedNames(1);
  expect(names.labelOf("n".repeat(65))).toBe("other");
  expect(names.labelOf("n".repeat(64))).toBe("n".repeat(64));
});

test.each([null, undefined, ""])("%p is anonymous", (name) => {
  expect(new BoundedNames(0).labelOf(name)).toBe("anonymous");
});
