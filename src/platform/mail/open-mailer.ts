import { join } from "node:path";
import { fileMailer } from "./file-mailer";
import type { Mailbox } from "./mailbox";
import type { Mailer } from "./mailer";
import { smtpMailer } from "./smtp-mailer";

interface Options {
  /** Undefined: mails are written to files. */
  smtpUrl: string | undefined;
  from: Mailbox;
  /** What the server keeps on disk. */
  directory: string;
  /** Told once when mails are not sent. */
  log: (line: string) => void;
}

/** Sends mails by the server that the settings name, and writes them to `mail/` below the directory where they name none. */
export function mailer({ smtpUrl, from, directory, log }: Options): Mailer {
  if (smtpUrl) return smtpMailer({ url: smtpUrl, from });
  const folder = join(directory, "mail");
  log(`Mails are written to ${folder} and not sent: ASSAY_SMTP_URL names the server that sends them.`);
  return fileMailer({ folder, from });
}
