import { SESSION_STATES, type SessionState } from "../../src/interviews/interview-session.rules";
import {
  isAskedAnew,
  isShownAnew,
  isTimeChanged,
  readSlot,
  reasonFaults,
  takesTime,
} from "../../src/interviews/schedule.rules";

const NOW = new Date("2026-11-20T14:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const ZONE = "Europe/Zurich";

describe("a slot", () => {
  test.each<[string, number | null, number | null, string | null, string[]]>([
    ["nothing at all", null, null, null, []],
    ["an hour", 60, 120, ZONE, []],
    ["an hour that is over", -120, -60, ZONE, []],
    ["24 hours", 0, 1440, ZONE, []],
    ["a minute more than 24 hours", 0, 1441, ZONE, ["endsAt"]],
    ["an end at its start", 60, 60, ZONE, ["endsAt"]],
    ["an end before its start", 60, 0, ZONE, ["endsAt"]],
    ["no end", 60, null, ZONE, ["endsAt"]],
    ["no start", null, 60, ZONE, ["startsAt"]],
    ["a zone alone", null, null, ZONE, ["startsAt", "endsAt"]],
    ["no zone", 60, 120, null, ["timeZone"]],
    ["a zone that is none", 60, 120, "Europe/Zuerich", ["timeZone"]],
    ["an offset for a zone", 60, 120, "+01:00", ["timeZone"]],
    ["a zone that is short for several", 60, 120, "BST", ["timeZone"]],
    ["UTC", 60, 120, "UTC", []],
    ["everything wrong", 60, 0, "Mars", ["endsAt", "timeZone"]],
    ["another century", -1_000_000_000, -999_999_940, ZONE, ["startsAt"]],
  ])("of %s is faulty at %4$j", (_, start, end, timeZone, fields) => {
    const wish = { startsAt: start === null ? null : at(start), endsAt: end === null ? null : at(end), timeZone };
    const { faults } = readSlot(wish);
    expect(faults.map(({ field }) => field)).toEqual(fields.map((field) => [field]));
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(fields.length > 0 ? ["BAD_SCHEDULE"] : []));
  });

  test.each<[string, string, string | null, string[]]>([
    ["2026-05-05T10:00", "2026-05-05T11:00", ZONE, []],
    ["2026-05-05T10:00", "2026-05-05T08:30:00Z", ZONE, []],
    ["2026-05-05T10:00", "2026-05-05T11:00", null, ["timeZone"]],
    ["2026-05-05T10:00", "2026-05-05T09:00", null, ["endsAt", "timeZone"]],
    ["2026-05-05T10:00", "2026-05-05T09:00", "Mars", ["endsAt", "timeZone"]],
    ["2026-03-29T02:30", "2026-03-29T02:45", ZONE, ["startsAt", "endsAt"]],
    ["2026-03-29T02:30", "2026-03-29T03:30", ZONE, ["startsAt"]],
    ["2026-03-29T01:30", "2026-03-29T02:30", ZONE, ["endsAt"]],
    ["2026-10-25T02:30", "2026-10-25T03:30", ZONE, ["startsAt"]],
    ["2026-10-25T02:30", "2026-10-25T02:45", ZONE, ["startsAt", "endsAt"]],
    ["2026-10-25T01:30", "2026-10-25T03:30", ZONE, []],
  ])("from %s to %s in %j is faulty at %j", (startsAt, endsAt, timeZone, fields) => {
    const wish = {
      startsAt: startsAt.endsWith("Z") ? new Date(startsAt) : `${startsAt}:00`,
      endsAt: endsAt.endsWith("Z") ? new Date(endsAt) : `${endsAt}:00`,
      timeZone,
    };
    const { faults } = readSlot(wish);
    expect(faults.map(({ field }) => field)).toEqual(fields.map((field) => [field]));
  });

  test("read from clocks is told in instants", () => {
    const wish = { startsAt: "2026-10-25T01:30:00", endsAt: "2026-10-25T03:30:00", timeZone: "europe/berlin" };
    // Three hours: the clocks go back in between.
    expect(readSlot(wish).slot).toEqual({
      startsAt: new Date("2026-10-24T23:30Z"),
      endsAt: new Date("2026-10-25T02:30Z"),
      timeZone: "Europe/Berlin",
    });
  });

  test("without an offset and without a zone says that it wants a zone", () => {
    const fault = readSlot({ startsAt: "2026-05-05T10:00:00", endsAt: at(0) }).faults.at(-1);
    expect(fault?.message).toBe(
      "A time without an offset means nothing without a zone: `timeZone` is an IANA name such as Europe/Zurich, in its own capitals, or UTC.",
    );
  });
});

const scheduled = {
  state: "SCHEDULED" as SessionState,
  startsAt: at(0),
  endsAt: at(60),
  timeZone: ZONE,
  place: "Room 1",
};
const unscheduled = {
  state: "NEEDS_SCHEDULING" as SessionState,
  startsAt: null,
  endsAt: null,
  timeZone: null,
  place: "Room 1",
};

test("a session takes its time unless it waits for one, is held or was called off", () => {
  const taking = SESSION_STATES.filter((state) => takesTime({ ...scheduled, state }));
  expect(taking).toEqual(["SCHEDULED", "IN_PROGRESS", "AWAITING_FEEDBACK", "COMPLETE"]);
  expect(SESSION_STATES.filter((state) => takesTime({ ...unscheduled, state }))).toEqual([]);
});

const held = { ...scheduled, state: "ON_HOLD" as const };
const cancelled = { ...scheduled, state: "CANCELLED" as const };
const later = { ...scheduled, startsAt: at(30), endsAt: at(90) };

test.each([
  // what it becomes, from, to: its time is changed, a calendar shows it anew, the panel is asked anew, a reason is wanted
  ["the same", scheduled, { ...scheduled }, false, false, false, false],
  ["later", scheduled, later, true, true, true, true],
  ["longer", scheduled, { ...scheduled, endsAt: at(90) }, true, true, true, true],
  ["scheduled", unscheduled, scheduled, true, true, true, false],
  ["elsewhere", scheduled, { ...scheduled, place: null }, false, true, false, false],
  ["told in another zone", scheduled, { ...scheduled, timeZone: "UTC" }, false, true, false, false],
  ["begun", scheduled, { ...scheduled, state: "IN_PROGRESS" as const }, false, false, false, false],
  ["held", scheduled, held, true, true, true, false],
  ["held without a time", unscheduled, { ...unscheduled, state: "ON_HOLD" as const }, false, true, false, false],
  ["taken up again", held, scheduled, true, true, true, false],
  ["taken up again at another time", held, later, true, true, true, false],
  ["without a time", scheduled, unscheduled, true, true, true, false],
  ["cancelled", scheduled, cancelled, true, true, false, false],
  ["cancelled after it was held", held, cancelled, false, true, false, false],
  [
    "cancelled before it had a time",
    unscheduled,
    { ...unscheduled, state: "CANCELLED" as const },
    false,
    true,
    false,
    false,
  ],
])("a session that is %s", (_, before, after, timeChanged, shownAnew, askedAnew, wantsReason) => {
  expect({
    timeChanged: isTimeChanged(before, after),
    shownAnew: isShownAnew(before, after),
    askedAnew: isAskedAnew(before, after),
    wantsReason: reasonFaults(before, after, null),
    withReason: reasonFaults(before, after, "Ill"),
  }).toEqual({
    timeChanged,
    shownAnew,
    askedAnew,
    wantsReason: wantsReason
      ? [
          {
            code: "REASON_MISSING",
            message: "The session has a time: say in `reason` why it gets another one.",
            field: ["reason"],
          },
        ]
      : [],
    withReason: [],
  });
});
