import { inWords } from "./calendar-time.rules";
import { type SessionState, stateAt } from "./interview-session.rules";
import type { Seat } from "./panelist.rules";

/** What there is to tell of a session. */
export type News = "INVITED" | "CHANGED" | "OFF";

interface Session {
  state: SessionState;
  startsAt: Date | null;
  endsAt: Date | null;
  feedbackOwed: number;
}

interface Happened {
  /** Of the journal's entry. */
  type: string;
  /** Whether the session had another time or place before. */
  hadSlot: boolean;
  /** End of the last time that it had. */
  endsAt: Date;
}

const OFF: readonly SessionState[] = ["NEEDS_SCHEDULING", "ON_HOLD", "CANCELLED"];

/**
 * What the panel is to hear after an entry of the journal, by how the session stands now; null where there is nothing to
 * tell: it is over, it goes on, or a later entry has other news.
 */
export function newsOf(session: Session, { type, hadSlot, endsAt }: Happened, now: Date): News | null {
  const state = stateAt(session, now);
  if (type === "interview_session.moved") return OFF.includes(state) && endsAt > now ? "OFF" : null;
  if (state !== "SCHEDULED") return null;
  return type === "interview_session.scheduled" && hadSlot ? "CHANGED" : "INVITED";
}

interface Invitation {
  news: News;
  state: SessionState;
  /** What calendars call it. */
  summary: string;
  startsAt: Date;
  endsAt: Date;
  /** IANA name of the reader's zone. */
  timeZone: string;
  place: string | null;
  /** Null where the reader does not see them. */
  candidate: { name: string; jobTitle: string } | null;
  kit: string | null;
  seat: Seat;
  feedbackRequired: boolean;
  /** Why it was changed; null where nobody said. */
  reason: string | null;
  url: string;
}

const SEATS: Readonly<Record<Seat, string>> = {
  LEAD: "You lead the interview",
  INTERVIEWER: "You ask and rate",
  SHADOW: "You listen",
};

const OPENINGS: Readonly<Record<News, string>> = {
  INVITED: "You sit on the panel of an interview.",
  CHANGED: "An interview on whose panel you sit has another time or place.",
  OFF: "An interview on whose panel you sit does not take place as it was planned.",
};

const OUTCOMES: Readonly<Partial<Record<SessionState, string>>> = {
  NEEDS_SCHEDULING: "It will get another time; you will hear of it.",
  ON_HOLD: "It is on hold; you will hear when it is on again.",
  CANCELLED: "It was called off.",
};

const ANSWERS = "Please say in Assay whether you come. The calendar file that comes along keeps the time free.";

const task = (feedbackRequired: boolean) => (feedbackRequired ? ", and your scorecard is waited for" : "");

/** Those with a value. */
const known = (facts: readonly { label: string; value: string | null | undefined }[]) =>
  facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []));

/** To a panellist: who, when in their zone, where, what for. */
export function sessionInvitation(invitation: Invitation) {
  const { news, state, summary, place, candidate, kit, seat, feedbackRequired, reason, url } = invitation;
  const isOff = news === "OFF";
  return {
    subject: news === "CHANGED" ? `Changed: ${summary}` : summary,
    paragraphs: [OPENINGS[news], isOff ? (OUTCOMES[state] ?? "") : ANSWERS].filter((text) => text !== ""),
    facts: known([
      { label: "Candidate", value: candidate?.name },
      { label: "Job", value: candidate?.jobTitle },
      { label: isOff ? "It was to be" : "When", value: inWords(invitation) },
      { label: "Where", value: isOff ? null : place },
      { label: "Kit", value: isOff ? null : kit },
      { label: "Your part", value: isOff ? null : `${SEATS[seat]}${task(feedbackRequired)}` },
      { label: "Why", value: reason },
    ]),
    link: { label: isOff ? "Open Assay" : "See the interview in Assay", url },
    why: "You get this mail because you sit on the panel. Times are told in the time zone of your profile.",
  };
}
