import type { CalendarEntry } from "../../src/interviews/calendar-entry.rules";
import { calendarText } from "../../src/interviews/calendar-text.actions";
import { oddLines, parsedCalendar } from "../support/calendar";

const HOUR = 3_600_000;

const ann = { name: "Ann", email: "ann@example.org" };

const entry = (given: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: "session@assay",
  sequence: 3,
  changedAt: new Date("2026-11-01T08:00:00Z"),
  startsAt: new Date("2026-11-20T13:00:00Z"),
  endsAt: new Date("2026-11-20T14:00:00Z"),
  timeZone: "Europe/Zurich",
  summary: "Interview",
  description: "Panel: Ann",
  place: null,
  takesPlace: true,
  organizer: ann,
  guests: [{ ...ann, seat: "LEAD", response: "ACCEPTED" }],
  ...given,
});

/** The one event of a file, having looked at its lines. */
function written(given: Partial<CalendarEntry>, method: "PUBLISH" | "REQUEST" | "CANCEL" = "REQUEST") {
  const text = calendarText({ method, entries: [entry(given)] });
  expect(oddLines(text)).toEqual([]);
  return parsedCalendar(text).events[0]!;
}

const from = (startsAt: string, minutes = 60) => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(Date.parse(startsAt) + minutes * 60_000),
});

describe("the parser reads the same instants", () => {
  test.each([
    ["before spring", "Europe/Berlin", "2026-03-28T09:00Z", 60],
    ["after spring", "Europe/Berlin", "2026-03-30T08:00Z", 60],
    ["across spring", "Europe/Berlin", "2026-03-29T00:30Z", 60],
    ["before autumn", "Europe/Berlin", "2026-10-24T08:00Z", 60],
    ["after autumn", "Europe/Berlin", "2026-10-26T09:00Z", 60],
    ["across autumn", "Europe/Berlin", "2026-10-24T23:30Z", 180],
    ["before spring", "America/New_York", "2026-03-07T15:00Z", 60],
    ["after spring", "America/New_York", "2026-03-09T14:00Z", 60],
    ["across spring", "America/New_York", "2026-03-08T06:30Z", 60],
    ["after autumn", "America/New_York", "2026-11-02T15:00Z", 60],
    ["before autumn, in the south", "Australia/Lord_Howe", "2026-04-03T22:00Z", 45],
    ["after autumn, in the south", "Australia/Lord_Howe", "2026-04-05T22:00Z", 45],
    ["across the half hour of autumn", "Australia/Lord_Howe", "2026-04-04T14:00Z", 120],
    ["across the half hour of spring", "Australia/Lord_Howe", "2026-10-03T15:15Z", 60],
    ["never any", "Asia/Kathmandu", "2026-06-01T04:15Z", 60],
    ["across midnight", "Pacific/Auckland", "2026-06-01T11:30Z", 60],
    ["an old name of the zone", "Asia/Calcutta", "2026-06-01T04:30Z", 60],
  ])("%s in %s: %s", (_, timeZone, startsAt, minutes) => {
    const slot = from(startsAt, minutes);
    expect(written({ ...slot, timeZone })).toMatchObject(slot);
  });

  test.each([
    ["the first time that clocks show 02:30", "Europe/Berlin", "2026-10-25T00:30Z"],
    ["the second time", "Europe/Berlin", "2026-10-25T01:30Z"],
    ["the doubled half hour", "Australia/Lord_Howe", "2026-04-04T15:15Z"],
    ["older rules than the file can give", "America/New_York", "2006-03-20T15:00Z"],
  ])("in UTC where the zone would mislead: %s", (_, timeZone, startsAt) => {
    const slot = from(startsAt);
    expect(written({ ...slot, timeZone })).toMatchObject({ ...slot, zone: "UTC" });
  });

  test("in the zone everywhere else, by the name that its definition has", () => {
    expect(written({}).zone).toBe("Europe/Zurich");
    expect(written({ timeZone: "Asia/Calcutta" }).zone).toBe("Asia/Kolkata");
  });

  test("in every zone that the server knows, in summer, in winter, and where some put their clocks back", () => {
    const starts = ["2026-07-01T12:00Z", "2026-10-25T01:30Z", "2026-11-01T07:30Z"].map((each) => new Date(each));
    const entries = Intl.supportedValuesOf("timeZone").flatMap((timeZone) =>
      starts.map((startsAt) => entry({ startsAt, endsAt: new Date(startsAt.getTime() + HOUR), timeZone })),
    );
    const { events } = parsedCalendar(calendarText({ method: "PUBLISH", entries }));
    const wrong = entries.filter(({ startsAt, endsAt }, index) => {
      const event = events[index]!;
      return +event.startsAt !== +startsAt || +event.endsAt !== +endsAt;
    });
    expect(wrong.map(({ timeZone, startsAt }) => [timeZone, startsAt])).toEqual([]);
    expect(events.length).toBe(entries.length);
    expect(events.filter(({ zone }) => zone !== "UTC").length).toBeGreaterThan(entries.length / 2);
  });
});

describe("texts come back unharmed", () => {
  const ODD = [
    ["commas, semicolons, colons", "Room 5, 2nd floor; left: by the stairs"],
    ["backslashes", String.raw`\\server\rooms\n`],
    ["quotes and carets", `Ann "the ^ Hammer" O'Neil ^n`],
    ["emoji", "👩🏽‍💻 Ünï çødé 日本語 ".repeat(12)],
    ["a long line", "x".repeat(400)],
    ["new lines that would begin a property", "Room 5\nATTENDEE:mailto:eve@example.org"],
    ["the end of the event, injected", "Room 5\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:mine"],
  ];

  test.each(ODD)("%s", (_, odd) => {
    const guest = { name: odd!, email: "ann@example.org", seat: "SHADOW", response: "TENTATIVE" } as const;
    const event = written({
      summary: odd!,
      description: odd!,
      place: odd!,
      organizer: { ...ann, name: odd! },
      guests: [guest],
    });
    expect(event).toMatchObject({ summary: odd, description: odd, location: odd, organizer: { name: odd } });
    expect(event.guests).toEqual([
      { name: odd, address: "mailto:ann@example.org", role: "OPT-PARTICIPANT", partstat: "TENTATIVE" },
    ]);
  });

  test.each(ODD)("%s in the calendar's name", (_, odd) => {
    const text = calendarText({ method: "PUBLISH", name: odd, entries: [entry()] });
    expect(oddLines(text)).toEqual([]);
    expect(parsedCalendar(text)).toMatchObject({ name: odd, events: [{ uid: "session@assay" }] });
  });

  test("carriage returns end no line", () => {
    const sly = "Room 5\r\nATTENDEE:mailto:eve@example.org\rX";
    const event = written({ place: sly, organizer: { ...ann, name: sly } });
    const read = "Room 5\nATTENDEE:mailto:eve@example.org\nX";
    expect(event).toMatchObject({ location: read, organizer: { name: read } });
    expect(event.guests.map(({ name }) => name)).toEqual(["Ann"]);
  });

  test("an address keeps what may stand in one, and nothing that ends it", () => {
    const guest = { name: "Ann", email: `a,n;n+x"<>\\ü:@example.org`, seat: "LEAD", response: "PENDING" } as const;
    const { address, partstat, role } = written({ guests: [guest] }).guests[0]!;
    expect(decodeURIComponent(address)).toBe(`mailto:${guest.email}`);
    expect({ partstat, role }).toEqual({ partstat: "NEEDS-ACTION", role: "CHAIR" });
  });
});

test("a link is a place and a link; a room is a place alone", () => {
  const meeting = "https://meet.example.org/a,b;c?d=1&e=2#f";
  expect(written({ place: meeting })).toMatchObject({
    location: meeting,
    url: "https://meet.example.org/a%2Cb%3Bc?d=1&e=2#f",
  });
  expect(written({ place: "Room 5" })).toMatchObject({ location: "Room 5", url: null });
  expect(written({ place: "Room 5, or https://meet.example.org" }).url).toBeNull();
  expect(written({ place: "javascript:alert(1)" }).url).toBeNull();
});

test("what is called off says so to people and to programs, and blocks no time", () => {
  const text = calendarText({ method: "CANCEL", entries: [entry({ takesPlace: false })] });
  expect(parsedCalendar(text)).toMatchObject({ method: "CANCEL", events: [{ status: "CANCELLED", sequence: 3 }] });
  expect(text).toContain("TRANSP:TRANSPARENT");
});

test("what is published names who invites, and no guests", () => {
  expect(written({}, "PUBLISH")).toMatchObject({ organizer: { name: "Ann" }, guests: [] });
});

test("one definition for each zone of a calendar, however many sessions", () => {
  const zones = ["Europe/Zurich", "Asia/Kathmandu", "Europe/Zurich"];
  const text = calendarText({ method: "PUBLISH", entries: zones.map((timeZone) => entry({ timeZone })) });
  expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(2);
});
