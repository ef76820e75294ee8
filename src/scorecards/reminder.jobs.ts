import type { Job } from "../platform/jobs/job";
import { MAIL_TRIES } from "../platform/mail/mailing";
import { mailScorecardReminder } from "./reminder-mail.actions";
import { remindOwing } from "./scorecard-reminder.actions";

export const reminderJobs: Readonly<Record<string, Job>> = {
  "scorecards.remind": { at: "*/5 * * * *", run: remindOwing },
  "scorecards.mailReminder": { on: ["scorecard.reminder_due"], tries: MAIL_TRIES, run: mailScorecardReminder },
};
