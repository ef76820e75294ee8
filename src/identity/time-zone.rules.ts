import type { Fault } from "../platform/errors";

interface Read {
  timeZone: string | null | undefined;
  faults: Fault[];
}

/** The zone that somebody wrote, by its own name, and what is wrong with it. Null and nothing at all stay what they are. */
export function readTimeZone(written: string | null | undefined, field: string): Read {
  if (written === null || written === undefined) return { timeZone: written, faults: [] };
  const timeZone = canonicalTimeZone(written);
  if (timeZone !== null) return { timeZone, faults: [] };
  const wanted = "an IANA name such as Europe/Zurich, in its own capitals, or UTC";
  const message = `There is no time zone ${JSON.stringify(written)}: send ${wanted}.`;
  return { timeZone, faults: [{ code: "BAD_INPUT", message, field: [field] }] };
}

/** A name of IANA's as it is written there: an area, then places, such as America/Port-au-Prince or Australia/NSW. */
const WELL_WRITTEN = /^(?:US|[A-Z][a-z]+)(?:[/_-](?:[A-Z][a-z]+)+|[/_][A-Z]{2,3}|[_-][a-z]{2})+$/;

/** The zone by a name of IANA's, as it is written there; null where it is none, or where its case cannot be told. */
export function canonicalTimeZone(name: string): string | null {
  if (/^(UTC|GMT)$/i.test(name)) return name.toUpperCase();
  // Intl also takes offsets, which know no summer time, and what Java once took: BST for Dhaka, SystemV/AST4.
  if (!/^[a-z]+\//i.test(name) || /^SystemV\//i.test(name)) return null;
  const found = nameInIntl(name);
  if (found?.toLowerCase() === name.toLowerCase()) return found;
  // For a zone of several names, Intl may answer an older one than was asked for: Asia/Katmandu for Asia/Kathmandu.
  return found && WELL_WRITTEN.test(name) ? name : null;
}

function nameInIntl(name: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
