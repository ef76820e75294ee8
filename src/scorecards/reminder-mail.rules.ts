import { inWords } from "../interviews/calendar-time.rules";
import { MOST_REMINDERS } from "./scorecard-reminder.rules";

interface Reminder {
  /** Null where the reader does not see them. */
  candidate: { name: string; jobTitle: string } | null;
  startsAt: Date;
  endsAt: Date;
  /** IANA name of the reader's zone. */
  timeZone: string;
  url: string;
}

/** To a panellist who owes a scorecard. It tells nothing of others' scorecards. */
export function scorecardReminder({ candidate, url, ...span }: Reminder) {
  const whom = candidate ? `: ${candidate.name}, ${candidate.jobTitle}` : "";
  return {
    subject: `Your scorecard is waited for${whom}`,
    paragraphs: [
      "The interview is over, and your scorecard is not in yet. Rate what you saw while it is fresh; what you did not see is an answer too.",
    ],
    facts: [
      ...(candidate
        ? [
            { label: "Candidate", value: candidate.name },
            { label: "Job", value: candidate.jobTitle },
          ]
        : []),
      { label: "Interview", value: inWords(span) },
    ],
    link: { label: "Write your scorecard in Assay", url },
    why:
      `You get this mail because you sit on the panel and your scorecard is required: once a day until it is in or waived, at most ` +
      `${MOST_REMINDERS} times, and not at night in the time zone of your profile.`,
  };
}
