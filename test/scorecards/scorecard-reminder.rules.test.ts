import { reminderDue } from "../../src/scorecards/scorecard-reminder.rules";

type Row = [when: string, timeZone: string, endedAt: string, remindedAt: string[], now: string, due: boolean];

const due = (timeZone: string, endedAt: string, remindedAt: readonly string[], now: string): boolean =>
  reminderDue(
    { timeZone, endedAt: new Date(endedAt), remindedAt: remindedAt.map((instant) => new Date(instant)) },
    new Date(now),
  );

const days = (...dates: number[]) => dates.map((date) => `2026-11-${date}T12:00:00Z`);

test.each<Row>([
  ["right after the end", "UTC", "2026-11-20T10:00:00Z", [], "2026-11-20T10:00:00Z", false],
  ["a moment before the hour", "UTC", "2026-11-20T10:00:00Z", [], "2026-11-20T10:59:59.999Z", false],
  ["an hour after the end", "UTC", "2026-11-20T10:00:00Z", [], "2026-11-20T11:00:00Z", true],
  ["later, where the server was off", "UTC", "2026-11-20T10:00:00Z", [], "2026-11-21T15:00:00Z", true],

  ["hours after the first", "UTC", "2026-11-20T10:00:00Z", ["2026-11-20T11:00:00Z"], "2026-11-20T19:00:00Z", false],
  ["a moment before a day", "UTC", "2026-11-20T10:00:00Z", ["2026-11-20T11:00:00Z"], "2026-11-21T10:59:59Z", false],
  ["a day after the first", "UTC", "2026-11-20T10:00:00Z", ["2026-11-20T11:00:00Z"], "2026-11-21T11:00:00Z", true],
  ["a day after the last, in any order", "UTC", days(10)[0]!, days(12, 11), "2026-11-13T11:59:00Z", false],
  ["a day after the last, in any order", "UTC", days(10)[0]!, days(12, 11), "2026-11-13T12:00:00Z", true],
  ["after four", "UTC", days(10)[0]!, days(11, 12, 13, 14), "2026-11-15T12:00:00Z", true],
  ["after five", "UTC", days(10)[0]!, days(11, 12, 13, 14, 15), "2026-11-16T12:00:00Z", false],
  ["of another time that it had before", "UTC", days(20)[0]!, days(11, 12, 13, 14, 15), "2026-11-20T13:00:00Z", true],
  ["two weeks after the end", "UTC", "2026-11-01T12:00:00Z", [], "2026-11-15T12:00:00Z", true],
  ["longer after the end than that", "UTC", "2026-11-01T12:00:00Z", [], "2026-11-15T12:00:01Z", false],

  ["a moment before eight in the evening", "UTC", "2026-11-20T18:00:00Z", [], "2026-11-20T19:59:59Z", true],
  ["at eight in the evening", "UTC", "2026-11-20T18:00:00Z", [], "2026-11-20T20:00:00Z", false],
  ["at midnight", "UTC", "2026-11-20T18:00:00Z", [], "2026-11-21T00:00:00Z", false],
  ["a moment before eight in the morning", "UTC", "2026-11-20T18:00:00Z", [], "2026-11-21T07:59:59Z", false],
  ["at eight in the morning", "UTC", "2026-11-20T18:00:00Z", [], "2026-11-21T08:00:00Z", true],

  ["by day in New York, at night in UTC", "America/New_York", "2026-11-20T22:00:00Z", [], "2026-11-20T23:30:00Z", true],
  [
    "at night in New York, by day in UTC",
    "America/New_York",
    "2026-11-20T08:00:00Z",
    [],
    "2026-11-20T12:59:00Z",
    false,
  ],
  ["in the morning in New York", "America/New_York", "2026-11-20T08:00:00Z", [], "2026-11-20T13:00:00Z", true],

  ["half past in Kolkata, before eight", "Asia/Kolkata", "2026-11-19T18:00:00Z", [], "2026-11-20T02:29:00Z", false],
  ["half past in Kolkata, at eight", "Asia/Kolkata", "2026-11-19T18:00:00Z", [], "2026-11-20T02:30:00Z", true],
  [
    "half past in Kolkata, at eight at night",
    "Asia/Kolkata",
    "2026-11-20T10:00:00Z",
    [],
    "2026-11-20T14:30:00Z",
    false,
  ],
  [
    "a quarter to in Kathmandu, before eight",
    "Asia/Kathmandu",
    "2026-11-19T18:00:00Z",
    [],
    "2026-11-20T02:14:00Z",
    false,
  ],
  ["a quarter to in Kathmandu, at eight", "Asia/Kathmandu", "2026-11-19T18:00:00Z", [], "2026-11-20T02:15:00Z", true],

  // Zurich: clocks go forward on 29 March 2026 and back on 25 October.
  ["at eight, the day before summer", "Europe/Zurich", "2026-03-27T20:00:00Z", [], "2026-03-28T07:00:00Z", true],
  ["an hour before, on the day", "Europe/Zurich", "2026-03-28T20:00:00Z", [], "2026-03-29T05:59:00Z", false],
  ["at eight by summer time", "Europe/Zurich", "2026-03-28T20:00:00Z", [], "2026-03-29T06:00:00Z", true],
  [
    "at eight by summer time, on a winter's day",
    "Europe/Zurich",
    "2026-10-24T20:00:00Z",
    [],
    "2026-10-25T06:00:00Z",
    false,
  ],
  ["at eight by winter time", "Europe/Zurich", "2026-10-24T20:00:00Z", [], "2026-10-25T07:00:00Z", true],
  [
    "a day after one at eight, where the clocks went back: it is seven",
    "Europe/Zurich",
    "2026-10-23T10:00:00Z",
    ["2026-10-24T06:00:00Z"],
    "2026-10-25T06:00:00Z",
    false,
  ],
  // Lord Howe's clocks change by half an hour: back on 5 April 2026.
  [
    "at eight in Lord Howe, by summer time",
    "Australia/Lord_Howe",
    "2026-04-03T09:00:00Z",
    [],
    "2026-04-03T21:00:00Z",
    true,
  ],
  [
    "half an hour less once it is winter",
    "Australia/Lord_Howe",
    "2026-04-04T09:00:00Z",
    [],
    "2026-04-04T21:00:00Z",
    false,
  ],
  [
    "at eight in Lord Howe, by winter time",
    "Australia/Lord_Howe",
    "2026-04-04T09:00:00Z",
    [],
    "2026-04-04T21:30:00Z",
    true,
  ],
])("%s (%s)", (_, timeZone, endedAt, remindedAt, now, expected) => {
  expect(due(timeZone, endedAt, remindedAt, now)).toBe(expected);
});

test.each(["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham", "Pacific/Kiritimati"])(
  "looked at every five minutes, somebody in %s is reminded five times, on five days, by day",
  (timeZone) => {
    const reminded: string[] = [];
    const start = Date.parse("2026-11-20T16:40:00Z");
    for (let minutes = 0; minutes < 20 * 24 * 60; minutes += 5) {
      const now = new Date(start + minutes * 60_000).toISOString();
      if (due(timeZone, new Date(start).toISOString(), reminded, now)) reminded.push(now);
    }
    const shown = reminded.map((now) =>
      new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", hour: "2-digit", hourCycle: "h23" }).formatToParts(
        new Date(now),
      ),
    );
    const part = (type: string) => shown.map((parts) => Number(parts.find((each) => each.type === type)!.value));
    expect(reminded).toHaveLength(5);
    expect(new Set(part("day")).size).toBe(5);
    expect(part("hour").filter((hour) => hour < 8 || hour >= 20)).toEqual([]);
  },
);
