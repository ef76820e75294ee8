import { isIdOf, newId, registerIdTypes, typeOfId } from "../../src/platform/ids";
import { slices } from "../../src/slices";

registerIdTypes({ Apple: 0xf01, Pear: 0xf02, First: 0x001 + 0xe00, Last: 0xfff });

const RFC_9562_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const many = (count: number): string[] => Array.from({ length: count }, () => newId("Apple"));

/** Each is greater than the one before, and so they also differ. */
const grows = (ids: readonly string[]): boolean => ids.every((id, index) => index === 0 || id > ids[index - 1]!);

afterEach(() => {
  jest.useRealTimers();
});

test("an id has the layout of RFC 9562: the time, version 7, the variant, in lower case", () => {
  const before = Date.now();
  const ids = many(1000);
  const after = Date.now();
  for (const id of ids) {
    expect(id).toMatch(RFC_9562_V7);
    const time = Number.parseInt(id.slice(0, 13).replace("-", ""), 16);
    // The clock may run one millisecond ahead where a millisecond's counter is used up.
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(after + 1);
  }
});

test("the twelve bits after the version are the type's number", () => {
  expect(newId("Apple").slice(14, 18)).toBe("7f01");
  expect(newId("Last").slice(14, 18)).toBe("7fff");
});

test("the type is known from the id alone", () => {
  for (const type of ["Apple", "Pear", "Last", ...slices.flatMap(({ idTypes }) => Object.keys(idTypes))]) {
    expect(typeOfId(newId(type))).toBe(type);
    expect(isIdOf(type, newId(type))).toBe(true);
  }
  expect(isIdOf("Pear", newId("Apple"))).toBe(false);
});

test("ids of one server grow", () => {
  expect(grows(many(100_000))).toBe(true);
});

test("ids grow while the clock stands still, beyond the counter of one millisecond", () => {
  jest.useFakeTimers({ now: Date.now() + 60_000 });
  expect(grows(many(100_000))).toBe(true);
});

test("ids grow while the clock is set back", () => {
  jest.useFakeTimers({ now: Date.now() + 120_000 });
  const before = many(1000);
  jest.setSystemTime(Date.now() - 3_600_000);
  expect(grows([...before, ...many(1000)])).toBe(true);
});

test("ids of one millisecond end differently, so that nobody guesses the next one", () => {
  const ends = many(10_000).map((id) => id.slice(24));
  expect(new Set(ends).size).toBe(ends.length);
});

const apple = newId("Apple");

test.each([
  ["nothing", ""],
  ["a word", "apple"],
  ["a number that no type has", `${apple.slice(0, 14)}7f0f${apple.slice(18)}`],
  ["number 0", `${apple.slice(0, 14)}7000${apple.slice(18)}`],
  ["version 4", `${apple.slice(0, 14)}4f01${apple.slice(18)}`],
  ["another variant", `${apple.slice(0, 19)}c${apple.slice(20)}`],
  ["upper case", apple.toUpperCase()],
  ["braces", `{${apple}}`],
  ["no hyphens", apple.replaceAll("-", "")],
  ["a letter that is no digit", `g${apple.slice(1)}`],
  ["one digit too few", apple.slice(0, -1)],
  ["one digit too many", `${apple}0`],
  ["a space before", ` ${apple}`],
  ["a line break after", `${apple}\n`],
  ["a NUL character after", `${apple}\0`],
])("%s is the id of nothing", (_, id) => {
  expect(typeOfId(id)).toBeUndefined();
  expect(isIdOf("Apple", id)).toBe(false);
});

test("a type without a number gets no id", () => {
  expect(() => newId("Quince")).toThrow("No manifest numbers the type Quince");
});

test("a number is never reused", () => {
  expect(() => registerIdTypes({ Quince: 0xf01 })).toThrow("Quince reuses number 3841 of Apple");
  expect(() => newId("Quince")).toThrow("No manifest numbers the type Quince");
  expect(() => registerIdTypes({ Apple: 0xf01 })).not.toThrow();
});

test("a type does not change its number", () => {
  expect(() => registerIdTypes({ Apple: 0xf03 })).toThrow("Apple");
  expect(newId("Apple").slice(14, 18)).toBe("7f01");
});

test.each([0, -1, 0x1000, 1.5, Number.NaN])("%p is no number of a type", (number) => {
  expect(() => registerIdTypes({ Quince: number })).toThrow("is no type number");
});
