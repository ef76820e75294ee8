import type { Letter } from "./letter";
import { mailHtml } from "./mail-html";
import { mailText } from "./mail-text";
import type { Mailbox } from "./mailbox";
import type { Mail } from "./mailer";

interface Posted {
  /** @see Mail.id */
  id: string;
  to: Mailbox;
  letter: Letter;
  calendar?: string;
}

/** The letter to one person, as it is sent. */
export const mailOf = ({ id, to, letter, calendar }: Posted): Mail => ({
  id,
  to: { name: to.name, email: to.email },
  subject: letter.subject,
  text: mailText(letter, to.name),
  html: mailHtml(letter, to.name),
  ...(calendar === undefined ? {} : { calendar }),
});
