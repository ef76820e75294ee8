import { debriefReady } from "../evaluations/debrief-mail.rules";
import { memberInvitation } from "../identity/member-mail.rules";
import { calendarEntry } from "../interviews/calendar-entry.rules";
import { sessionInvitation } from "../interviews/invitation-mail.rules";
import { scorecardReminder } from "../scorecards/reminder-mail.rules";
import { endpointDisabled } from "../webhooks/disabled-endpoint-mail.rules";
import { DEMO_JOBS, DEMO_NAME } from "./demo.rules";

/** One of each kind of mail, with names that are hard to write down, and the same facts each time. */
export const SAMPLE_READER = { name: "Inês Duarte", email: "ines@demo.example" };

const planner = { name: "Ravi Menon", email: "ravi@demo.example" };
const candidate = { name: `Zoë "Zed" O'Neill & <Söhne>`, jobTitle: DEMO_JOBS[0].title };
const slot = {
  startsAt: new Date("2026-11-24T13:00:00Z"),
  endsAt: new Date("2026-11-24T14:00:00Z"),
  timeZone: "Europe/Lisbon",
  place: "https://meet.demo.example/quay?room=4&lang=en",
};
const panel = [{ ...SAMPLE_READER, seat: "LEAD", response: "PENDING" }] as const;
const session = { id: "sample", calendarSequence: 0, updatedAt: new Date("2026-11-21T09:00:00Z"), ...slot };

/** The session of the samples as calendars show it, once it is planned and once it is off. */
export const sampleEntry = (state: "SCHEDULED" | "CANCELLED") =>
  calendarEntry({ ...session, state }, { history: [], planner, panel, candidate })!;

const seated = {
  candidate,
  kit: "Back-end, 60 minutes",
  seat: "LEAD",
  feedbackRequired: true,
  timeZone: "Asia/Kolkata",
} as const;
const moved = "The room was taken.";

/** Kind -> letter. */
export const sampleLetters = (url: string) => ({
  "member-invited": memberInvitation({
    organization: DEMO_NAME,
    inviter: planner.name,
    email: SAMPLE_READER.email,
    again: false,
    url,
  }),
  "member-reactivated": memberInvitation({
    organization: DEMO_NAME,
    inviter: null,
    email: SAMPLE_READER.email,
    again: true,
    url,
  }),
  "interview-invited": sessionInvitation({
    ...sampleEntry("SCHEDULED"),
    ...seated,
    news: "INVITED",
    state: "SCHEDULED",
    reason: null,
    url,
  }),
  "interview-changed": sessionInvitation({
    ...sampleEntry("SCHEDULED"),
    ...seated,
    news: "CHANGED",
    state: "SCHEDULED",
    reason: moved,
    url,
  }),
  "interview-off": sessionInvitation({
    ...sampleEntry("CANCELLED"),
    ...seated,
    news: "OFF",
    state: "CANCELLED",
    reason: moved,
    url,
  }),
  "scorecard-reminder": scorecardReminder({ ...slot, candidate, timeZone: "UTC", url }),
  "debrief-ready": debriefReady({ candidate, url }),
  "webhook-disabled": endpointDisabled({
    host: "hooks.demo.example",
    reason: "Every try has failed for 5 days; the last one with 503.",
    url,
  }),
});

/** Kinds that come with a calendar file. */
export const SAMPLE_CALENDARS: Readonly<
  Record<string, { method: "REQUEST" | "CANCEL"; state: "SCHEDULED" | "CANCELLED" }>
> = {
  "interview-invited": { method: "REQUEST", state: "SCHEDULED" },
  "interview-changed": { method: "REQUEST", state: "SCHEDULED" },
  "interview-off": { method: "CANCEL", state: "CANCELLED" },
};
