import type { Job } from "../platform/jobs/job";
import { MAIL_TRIES } from "../platform/mail/mailing";
import { mailMemberInvitation } from "./member-mail.actions";

export const mailInvitation: Job = {
  on: ["member.invited", "member.reactivated"],
  tries: MAIL_TRIES,
  run: mailMemberInvitation,
};
