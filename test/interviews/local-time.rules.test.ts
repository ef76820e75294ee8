import { instantsOf, localTime, namedTime, readTime } from "../../src/interviews/local-time.rules";

describe("a time as people name it", () => {
  test.each<[string, string]>([
    ["2026-11-20T14:00:00+01:00", "2026-11-20T13:00:00.000Z"],
    ["2026-11-20T14:00+01:00", "2026-11-20T13:00:00.000Z"],
    ["2026-11-20T14:00:00.5Z", "2026-11-20T14:00:00.500Z"],
    ["2026-11-20t14:00:00z", "2026-11-20T14:00:00.000Z"],
    ["2028-02-29T23:59:59-11:30", "2028-03-01T11:29:59.000Z"],
  ])("%s is the instant %s", (text, instant) => {
    expect(namedTime(text)).toEqual(new Date(instant));
  });

  test.each<[string, string]>([
    ["2026-03-29T02:30", "2026-03-29T02:30:00"],
    ["2026-03-29T02:30:15", "2026-03-29T02:30:15"],
    ["2026-03-29t02:30:15.25", "2026-03-29T02:30:15.25"],
  ])("%s is what clocks show, %s", (text, local) => {
    expect(namedTime(text)).toBe(local);
  });

  test.each([
    "",
    "tomorrow",
    "2026-11-20",
    "14:00",
    "2026-11-20 14:00",
    "2026-02-29T10:00",
    "2026-02-30T10:00Z",
    "2026-13-01T10:00",
    "2026-00-01T10:00",
    "2026-11-20T24:00",
    "2026-11-20T10:60",
    "2026-11-20T10:00:60Z",
    "2026-11-20T10:00+24:00",
    "2026-11-20T10:00+1",
    "2026-11-20T10:00[Europe/Zurich]",
    "+02026-11-20T10:00Z",
    "20261120T1000Z",
    "2026-11-20T10:00Z\n",
  ])("%j is no time", (text) => {
    expect(namedTime(text)).toBeNull();
  });
});

describe("what clocks show", () => {
  test.each<[string, string, string[]]>([
    ["Europe/Berlin", "2026-03-29T01:59", ["2026-03-29T00:59Z"]],
    ["Europe/Berlin", "2026-03-29T02:00", []],
    ["Europe/Berlin", "2026-03-29T02:59:59", []],
    ["Europe/Berlin", "2026-03-29T03:00", ["2026-03-29T01:00Z"]],
    ["Europe/Berlin", "2026-10-25T01:59", ["2026-10-24T23:59Z"]],
    ["Europe/Berlin", "2026-10-25T02:00", ["2026-10-25T00:00Z", "2026-10-25T01:00Z"]],
    ["Europe/Berlin", "2026-10-25T02:30", ["2026-10-25T00:30Z", "2026-10-25T01:30Z"]],
    ["Europe/Berlin", "2026-10-25T03:00", ["2026-10-25T02:00Z"]],
    ["America/New_York", "2026-03-08T02:30", []],
    ["America/New_York", "2026-03-08T03:00", ["2026-03-08T07:00Z"]],
    ["America/New_York", "2026-11-01T01:30", ["2026-11-01T05:30Z", "2026-11-01T06:30Z"]],
    ["America/New_York", "2026-07-01T12:00", ["2026-07-01T16:00Z"]],
    ["Australia/Lord_Howe", "2026-10-04T02:15", []],
    ["Australia/Lord_Howe", "2026-10-04T02:30", ["2026-10-03T15:30Z"]],
    ["Australia/Lord_Howe", "2026-04-05T01:45", ["2026-04-04T14:45Z", "2026-04-04T15:15Z"]],
    ["Australia/Lord_Howe", "2026-04-05T02:00", ["2026-04-04T15:30Z"]],
    ["Asia/Kathmandu", "2026-05-05T10:00", ["2026-05-05T04:15Z"]],
    ["Pacific/Apia", "2011-12-29T23:59", ["2011-12-30T09:59Z"]],
    ["Pacific/Apia", "2011-12-30T00:00", []],
    ["Pacific/Apia", "2011-12-30T12:00", []],
    ["Pacific/Apia", "2011-12-30T23:59", []],
    ["Pacific/Apia", "2011-12-31T00:00", ["2011-12-30T10:00Z"]],
    ["UTC", "2026-03-29T02:30", ["2026-03-29T02:30Z"]],
    ["America/Sao_Paulo", "2018-11-04T00:30", []],
  ])("in %s as %s is the instants %j", (timeZone, local, instants) => {
    const found = instantsOf(local, timeZone);
    expect(found).toEqual(instants.map((instant) => new Date(instant)));
    for (const instant of found) expect(localTime(instant, timeZone)).toBe(local.slice(0, 16));
  });

  test.each<[string, string, string]>([
    [
      "Europe/Berlin",
      "2026-03-29T02:30:00",
      "2026-03-29T02:30 does not exist in Europe/Berlin: the clocks go forward from 2026-03-29T02:00 to 2026-03-29T03:00. Name a time before or after.",
    ],
    [
      "Australia/Lord_Howe",
      "2026-10-04T02:15:00",
      "2026-10-04T02:15 does not exist in Australia/Lord_Howe: the clocks go forward from 2026-10-04T02:00 to 2026-10-04T02:30. Name a time before or after.",
    ],
    [
      "Pacific/Apia",
      "2011-12-30T12:00:00",
      "2011-12-30T12:00 does not exist in Pacific/Apia: the clocks go forward from 2011-12-30T00:00 to 2011-12-31T00:00. Name a time before or after.",
    ],
    [
      "Europe/Berlin",
      "2026-10-25T02:30:15",
      "2026-10-25T02:30:15 comes twice in Europe/Berlin: the clocks go back from 2026-10-25T03:00 to 2026-10-25T02:00. Say which you mean: 2026-10-25T02:30:15+02:00 or 2026-10-25T02:30:15+01:00.",
    ],
    [
      "America/New_York",
      "2026-11-01T01:30:00",
      "2026-11-01T01:30 comes twice in America/New_York: the clocks go back from 2026-11-01T02:00 to 2026-11-01T01:00. Say which you mean: 2026-11-01T01:30-04:00 or 2026-11-01T01:30-05:00.",
    ],
    [
      "Australia/Lord_Howe",
      "2026-04-05T01:45:00",
      "2026-04-05T01:45 comes twice in Australia/Lord_Howe: the clocks go back from 2026-04-05T02:00 to 2026-04-05T01:30. Say which you mean: 2026-04-05T01:45+11:00 or 2026-04-05T01:45+10:30.",
    ],
  ])("in %s as %s is refused with the way out", (timeZone, local, message) => {
    expect(readTime(local, timeZone, "startsAt")).toEqual({
      instant: null,
      faults: [{ code: "BAD_SCHEDULE", message, field: ["startsAt"] }],
    });
  });

  test("the choices of a doubled hour are times that are taken, one for each instant", () => {
    const [fault] = readTime("2026-10-25T02:30:00", "Europe/Berlin", "startsAt").faults;
    const choices = fault!.message.match(/\S+[+-]\d\d:\d\d/g)!.map((choice) => namedTime(choice));
    expect(choices).toEqual(instantsOf("2026-10-25T02:30", "Europe/Berlin"));
  });
});
