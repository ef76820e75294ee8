import type { SendMailOptions } from "nodemailer";
import { Hopeless } from "../jobs/job";
import type { Mailbox } from "./mailbox";
import { isAddress, onOneLine } from "./mailbox";
import type { Mail } from "./mailer";

const person = ({ name, email }: Mailbox) => ({ name: onOneLine(name), address: email });

/** Of the file: an invitation that says so is answered from the mail. @see RFC 6047 */
const methodOf = (calendar: string): string => /^METHOD:([A-Z]+)/m.exec(calendar)?.[1] ?? "PUBLISH";

/**
 * The mail as it goes over the line. Who gets it is the envelope's to say, and that is one address, whatever stands in names.
 * @throws Hopeless for an address that could be read as several
 */
export function mimeOf(from: Mailbox, { id, to, subject, text, html, calendar }: Mail): SendMailOptions {
  if (!/^[\w.-]+$/.test(id)) throw new Error("A mail's id that cannot stand in a header");
  if (!isAddress(to.email)) throw new Hopeless("The member's address cannot be written to: give them another one.");
  return {
    from: person(from),
    to: person(to),
    envelope: { from: from.email, to: [to.email] },
    messageId: `<${id}@${from.email.slice(from.email.lastIndexOf("@") + 1)}>`,
    subject: onOneLine(subject),
    text,
    html,
    headers: { "Auto-Submitted": "auto-generated" },
    ...(calendar ? { icalEvent: { method: methodOf(calendar), filename: "interview.ics", content: calendar } } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
