import ICAL from "ical.js";

// RFC 7986, section 5.1: a text. The parser takes it for something unknown and leaves it as it stands.
ICAL.design.icalendar.property.name = { defaultType: "text" };

/** An event as an independent parser reads it: instants, not clock times. */
export interface ParsedEvent {
  uid: string;
  sequence: number;
  startsAt: Date;
  endsAt: Date;
  /** Name of the zone that the start is told in; UTC where it is told in none. */
  zone: string;
  summary: string;
  description: string;
  location: string | null;
  url: string | null;
  status: string;
  changedAt: Date[];
  organizer: ParsedPerson | null;
  guests: (ParsedPerson & { role: string; partstat: string })[];
}

interface ParsedPerson {
  name: string;
  address: string;
}

export interface ParsedCalendar {
  method: string;
  name: string | null;
  refresh: string | null;
  events: ParsedEvent[];
}

/** Reads a file with nothing but what the file says: zones come from its own definitions. */
export function parsedCalendar(text: string): ParsedCalendar {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  const value = (property: string) => calendar.getFirstPropertyValue(property)?.toString() ?? null;
  const zones = new Map(
    calendar.getAllSubcomponents("vtimezone").map((component) => {
      const zone = new ICAL.Timezone(component);
      return [zone.tzid, zone];
    }),
  );
  return {
    method: value("method")!,
    name: value("name"),
    refresh: value("refresh-interval"),
    events: calendar.getAllSubcomponents("vevent").map((event) => parsedEvent(event, zones)),
  };
}

function parsedEvent(event: ICAL.Component, zones: ReadonlyMap<string, ICAL.Timezone>): ParsedEvent {
  const value = (property: string) => event.getFirstPropertyValue(property)?.toString() ?? null;
  const instant = (property: string) => {
    const time = event.getFirstPropertyValue(property) as ICAL.Time;
    const tzid = event.getFirstProperty(property)!.getParameter("tzid") as string | undefined;
    if (tzid) time.zone = zones.get(tzid)!;
    expect(time.zone).toBeDefined();
    expect(time.zone).not.toBe(ICAL.Timezone.localTimezone);
    return time.toJSDate();
  };
  const person = (property: ICAL.Property): ParsedPerson => ({
    name: `${property.getParameter("cn")}`,
    address: `${property.getFirstValue()}`.toLowerCase(),
  });
  const organizer = event.getFirstProperty("organizer");
  return {
    uid: value("uid")!,
    sequence: Number(value("sequence")),
    startsAt: instant("dtstart"),
    endsAt: instant("dtend"),
    zone: (event.getFirstProperty("dtstart")!.getParameter("tzid") as string | undefined) ?? "UTC",
    summary: value("summary")!,
    description: value("description")!,
    location: value("location"),
    url: value("url"),
    status: value("status")!,
    changedAt: [instant("dtstamp"), instant("last-modified")],
    organizer: organizer && person(organizer),
    guests: event.getAllProperties("attendee").map((each) => ({
      ...person(each),
      role: `${each.getParameter("role")}`,
      partstat: `${each.getParameter("partstat")}`,
    })),
  };
}

/** Lines of a file that end in something else than CRLF, or are longer than 75 octets. @see RFC 5545, section 3.1 */
export function oddLines(text: string): string[] {
  const lines = text.split("\r\n");
  const [last] = lines.splice(-1);
  return [...(last ? [last] : []), ...lines.filter((line) => /[\r\n]/.test(line) || Buffer.byteLength(line) > 75)];
}
