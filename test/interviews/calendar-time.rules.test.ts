import { inWords, offsetMinutes, wallClock } from "../../src/interviews/calendar-time.rules";

test.each([
  ["2026-07-01T12:00Z", "Europe/Berlin", 120],
  ["2026-12-01T12:00Z", "Europe/Berlin", 60],
  ["2026-07-01T12:00Z", "America/New_York", -240],
  ["2026-07-01T12:00Z", "America/St_Johns", -150],
  ["2026-07-01T12:00Z", "Asia/Kathmandu", 345],
  ["2026-01-01T12:00Z", "Australia/Lord_Howe", 660],
  ["2026-07-01T12:00Z", "Australia/Lord_Howe", 630],
  ["2026-07-01T12:00:00.999Z", "UTC", 0],
])("at %s the clocks of %s are %i minutes ahead", (instant, zone, minutes) => {
  expect(offsetMinutes(new Date(instant), zone)).toBe(minutes);
});

test("midnight is hour 00 of the new day", () => {
  const midnight = { yyyy: "2027", LL: "01", dd: "01", HH: "00", mm: "00", ss: "00" };
  expect(wallClock(new Date("2026-12-31T23:00Z"), "Europe/Berlin")).toEqual(midnight);
});

test.each([
  [
    "2026-11-20T13:00Z",
    "2026-11-20T14:00Z",
    "Europe/Zurich",
    "Friday, 20 November 2026, 14:00 GMT+1 to 15:00 GMT+1\nEurope/Zurich (Central European Standard Time)",
  ],
  [
    "2026-10-25T00:30Z",
    "2026-10-25T01:15Z",
    "Europe/Berlin",
    "Sunday, 25 October 2026, 02:30 GMT+2 to 02:15 GMT+1\nEurope/Berlin (Central European Summer Time)",
  ],
  [
    "2026-11-20T13:00Z",
    "2026-11-20T14:00Z",
    "Australia/Lord_Howe",
    "Saturday, 21 November 2026, 00:00 GMT+11 to 01:00 GMT+11\nAustralia/Lord_Howe (Lord Howe Daylight Time)",
  ],
  [
    "2026-11-20T17:45Z",
    "2026-11-20T18:45Z",
    "Asia/Kathmandu",
    "Friday, 20 November 2026, 23:30 GMT+5:45 to Saturday, 21 November 2026, 00:30 GMT+5:45\nAsia/Kathmandu (Nepal Time)",
  ],
])("%s to %s in %s, in words", (startsAt, endsAt, timeZone, words) => {
  expect(inWords({ startsAt: new Date(startsAt), endsAt: new Date(endsAt), timeZone })).toBe(words);
});
