import type { Job } from "../platform/jobs/job";
import { MAIL_TRIES } from "../platform/mail/mailing";
import { mailDebriefReady, OPENS_DEBRIEFS, tellDebriefOpened } from "./debrief-mail.actions";

export const debriefJobs: Readonly<Record<string, Job>> = {
  "evaluations.tellDebriefOpened": { on: OPENS_DEBRIEFS, run: tellDebriefOpened },
  "evaluations.mailDebriefReady": { tries: MAIL_TRIES, run: mailDebriefReady },
};
