import { isOverdue, retentionHorizon } from "../../src/candidates/retention.rules";

const NOW = new Date("2026-11-21T02:41:00.000Z");

/** The instant so many days and milliseconds before now. */
const before = (days: number, milliseconds = 0): Date => new Date(NOW.getTime() - days * 86_400_000 - milliseconds);

test.each<[string, { days: number; at: Date; undecided?: boolean }, boolean]>([
  ["to the millisecond so long ago is kept", { days: 30, at: before(30) }, false],
  ["a millisecond longer ago is overdue", { days: 30, at: before(30, 1) }, true],
  ["a millisecond less is kept", { days: 30, at: before(30, -1) }, false],
  ["long ago, with an application that is not decided, is kept", { days: 30, at: before(400), undecided: true }, false],
  ["what is to come is kept", { days: 30, at: before(-1) }, false],
  ["now is kept", { days: 30, at: NOW }, false],
  ["ten years ago is overdue after ten years", { days: 3650, at: before(3650, 1) }, true],
  ["nine years ago is kept for ten", { days: 3650, at: before(9 * 365) }, false],
])("%s", (_, { days, at, undecided = false }, expected) => {
  expect(isOverdue({ at, undecided }, retentionHorizon(NOW, days))).toBe(expected);
});
