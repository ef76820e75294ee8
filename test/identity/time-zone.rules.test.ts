import { canonicalTimeZone, readTimeZone } from "../../src/identity/time-zone.rules";

describe("a zone", () => {
  test.each<[string, string | null]>([
    ["Europe/Zurich", "Europe/Zurich"],
    ["europe/zurich", "Europe/Zurich"],
    ["Asia/Kathmandu", "Asia/Kathmandu"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["EUROPE/ZURICH", "Europe/Zurich"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["America/Port-au-Prince", "America/Port-au-Prince"],
    ["Africa/Dar_es_Salaam", "Africa/Dar_es_Salaam"],
    ["africa/dar_es_salaam", "Africa/Dar_es_Salaam"],
    ["Australia/NSW", "Australia/NSW"],
    ["US/Pacific", "US/Pacific"],
    ["Etc/GMT+5", "Etc/GMT+5"],
    ["etc/gmt+5", "Etc/GMT+5"],
    ["Etc/UTC", "Etc/UTC"],
    ["UTC", "UTC"],
    ["utc", "UTC"],
    ["GMT", "GMT"],
    ["BST", null],
    ["IST", null],
    ["PST", null],
    ["ACT", null],
    ["AET", null],
    ["EST5EDT", null],
    ["Japan", null],
    ["SystemV/AST4", null],
    ["systemv/ast4", null],
    ["Etc/Unknown", null],
    ["Europe/Zuerich", null],
    ["Mars/Base", null],
    ["+01:00", null],
    ["", null],
    ["CEST", null],
  ])("%j is %j", (name, zone) => {
    expect(canonicalTimeZone(name)).toBe(zone);
  });

  // What Intl answers for a newer name depends on its age: the older one, or the newer one as IANA writes it.
  test.each([
    ["ASIA/KATHMANDU", "Asia/Kathmandu"],
    ["asia/kathmandu", "Asia/Kathmandu"],
    ["Asia/kathmandu", "Asia/Kathmandu"],
    ["AMERICA/ARGENTINA/BUENOS_AIRES", "America/Argentina/Buenos_Aires"],
  ])("%s is written as %s or refused, never taken as it stands", (name, zone) => {
    expect([null, zone]).toContain(canonicalTimeZone(name));
  });
});

describe("a zone that somebody writes", () => {
  test.each([
    ["Europe/Zurich", "Europe/Zurich"],
    ["EUROPE/zurich", "Europe/Zurich"],
    ["utc", "UTC"],
    [null, null],
    [undefined, undefined],
  ])("%j is taken as %j", (written, timeZone) => {
    expect(readTimeZone(written, "timeZone")).toEqual({ timeZone, faults: [] });
  });

  test.each(["Mars/Base", "+01:00", "CET", ""])("%j is refused by name, and it says what is wanted", (written) => {
    const { faults } = readTimeZone(written, "timeZone");
    expect(faults).toEqual([
      {
        code: "BAD_INPUT",
        field: ["timeZone"],
        message: expect.stringContaining(`${JSON.stringify(written)}: send an IANA name`),
      },
    ]);
  });
});
