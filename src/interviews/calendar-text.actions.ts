import {
  escape as escaped,
  type ICalAttendeeData,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEvent,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalLuxonDateTimeStub,
} from "ical-generator";
import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from "timezones-ical-library";
import { type CalendarEntry, linkOf } from "./calendar-entry.rules";
import { type Guest, quotable, ROLES, STATUSES } from "./calendar-person.rules";
import { offsetMinutes, type WallClock, wallClock } from "./calendar-time.rules";
import { instantsOf, localTime } from "./local-time.rules";

interface Calendar {
  /** What it is for: to be read, to invite, or to call off. @see RFC 5546, section 1.4 */
  method: "PUBLISH" | "REQUEST" | "CANCEL";
  entries: readonly CalendarEntry[];
  /** Of a calendar that is read again and again. */
  name?: string;
  /** After how long to read it again. */
  refreshSeconds?: number;
}

/** The calendar as a file. @see RFC 5545, RFC 5546, RFC 7986 */
export function calendarText({ method, entries, name, refreshSeconds }: Calendar): string {
  const calendar = new ICalCalendar({
    prodId: { company: "Assay", product: "Interviews" },
    scale: "GREGORIAN",
    method: ICalCalendarMethod[method],
    // ical-generator escapes the texts of events and not this one.
    name: name === undefined ? null : escaped(name, false),
    ttl: refreshSeconds ?? null,
    timezone: { name: null, generator: (zone) => blockOf(zone).block },
  });
  for (const entry of entries) calendar.createEvent(eventOf(calendar, entry, method !== "PUBLISH"));
  return `${calendar}\r\n`;
}

/** Whom it invites is told where it invites or calls off: what is published has no guests. @see RFC 5546, section 3.2.1 */
function eventOf(calendar: ICalCalendar, entry: CalendarEntry, invites: boolean): ICalEvent {
  const { timeZone, startsAt, endsAt, takesPlace } = entry;
  const zone = zoneOf(entry);
  const at = (instant: Date) => (zone ? shownBy(wallClock(instant, timeZone), instant) : instant);
  return new ICalEvent(
    {
      id: entry.uid,
      sequence: entry.sequence,
      stamp: entry.changedAt,
      lastModified: entry.changedAt,
      start: at(startsAt),
      end: at(endsAt),
      timezone: zone,
      summary: entry.summary,
      description: entry.description,
      location: entry.place,
      url: linkOf(entry.place),
      status: takesPlace ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      transparency: takesPlace ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      class: ICalEventClass.PRIVATE,
      organizer: entry.organizer && quotable(entry.organizer),
      attendees: invites ? entry.guests.map(attendee) : [],
    },
    calendar,
  );
}

const attendee = ({ seat, response, ...person }: Guest): ICalAttendeeData => ({
  ...quotable(person),
  type: ICalAttendeeType.INDIVIDUAL,
  role: ICalAttendeeRole[ROLES[seat]],
  status: ICalAttendeeStatus[STATUSES[response]],
  rsvp: response === "PENDING",
});

/** A time that reads as the wall clock does, in one of the forms that ical-generator knows: its own needs the server's zone. */
function shownBy(clock: WallClock, instant: Date): ICalLuxonDateTimeStub {
  const time: ICalLuxonDateTimeStub = {
    isValid: true,
    zone: { type: "iana" },
    setZone: () => time,
    toFormat: (pattern) => pattern.replace(/yyyy|LL|dd|HH|mm|ss/g, (part) => clock[part as keyof WallClock]),
    toJSDate: () => instant,
    toJSON: () => instant.toJSON(),
  };
  return time;
}

const zones = new Set(tzlib_get_timezones());

/** What defines a zone in a file, and under which name: old names, such as Asia/Calcutta, are told by the new one. */
function blockOf(timeZone: string): { block: string; zone: string } {
  const [block = "", parameter = ""] = tzlib_get_ical_block(timeZone);
  return { block, zone: parameter.replace("TZID=", "") };
}

/**
 * Under which name the times are told in their zone; null where they are told in UTC, because programs would read
 * another instant: where the clocks show the same twice, or the rules of the zone that the file can give are not those
 * of the day (they are today's, and the server may know older ones or newer ones).
 */
function zoneOf({ startsAt, endsAt, timeZone }: CalendarEntry): string | null {
  if (!zones.has(timeZone)) return null;
  const told = [startsAt, endsAt].every((instant) => {
    const local = localTime(instant, timeZone);
    const [date = "", time = ""] = local.split("T");
    const offset = minutesOf(tzlib_get_offset(timeZone, date, time));
    return offset === offsetMinutes(instant, timeZone) && instantsOf(local, timeZone).length === 1;
  });
  return told ? blockOf(timeZone).zone : null;
}

/** Of an offset such as -0330. */
const minutesOf = (offset: string): number =>
  Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5)));
