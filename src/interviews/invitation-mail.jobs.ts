import type { Job } from "../platform/jobs/job";
import { MAIL_TRIES } from "../platform/mail/mailing";
import { mailSessionNews, NEWS_OF_SESSIONS, tellPanel } from "./invitation-mail.actions";

export const invitationJobs: Readonly<Record<string, Job>> = {
  "interviews.tellPanel": { on: NEWS_OF_SESSIONS, run: tellPanel },
  "interviews.mailInvitation": { tries: MAIL_TRIES, run: mailSessionNews },
};
