import { createTransport } from "nodemailer";
import type { Mailbox } from "./mailbox";
import type { Mailer } from "./mailer";
import { mimeOf } from "./mime";
import { smtpFailure } from "./smtp-failure";
import { smtpOptions } from "./smtp-url";

interface Options {
  /** Checked by `isSmtpUrl`. */
  url: string;
  from: Mailbox;
}

/** Hands mails to a server, one connection for each. */
export function smtpMailer({ url, from }: Options): Mailer {
  const transport = createTransport(smtpOptions(url));
  return {
    send: async (mail) => {
      const message = mimeOf(from, mail);
      await transport.sendMail(message).catch((error) => {
        // Without the error itself: it carries the envelope.
        throw smtpFailure(error, mail.to.email);
      });
    },
    close: () => transport.close(),
  };
}
