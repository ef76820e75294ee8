import type { Job } from "../platform/jobs/job";
import { MAIL_TRIES } from "../platform/mail/mailing";
import { mailEndpointDisabled, tellEndpointDisabled } from "./disabled-endpoint-mail.actions";

export const disabledEndpointJobs: Readonly<Record<string, Job>> = {
  "webhooks.tellDisabled": { on: ["webhook_endpoint.disabled"], run: tellEndpointDisabled },
  "webhooks.mailDisabled": { tries: MAIL_TRIES, run: mailEndpointDisabled },
};
