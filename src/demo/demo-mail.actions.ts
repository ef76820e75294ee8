import { join } from "node:path";
import { calendarText } from "../interviews/calendar-text.actions";
import { writeMail } from "../platform/mail/file-mailer";
import { frontPage } from "../platform/mail/letter";
import { mailOf } from "../platform/mail/letter-mail";
import type { Mailbox } from "../platform/mail/mailbox";
import { SAMPLE_CALENDARS, SAMPLE_READER, sampleEntry, sampleLetters } from "./demo-mail.rules";

interface Preview {
  /** What the server keeps on disk. */
  directory: string;
  from: Mailbox;
  publicUrl: string;
}

/** Writes a mail of every kind, for looking at, and says in which folder. */
export async function writeMailPreview({ directory, from, publicUrl }: Preview): Promise<string> {
  const folder = join(directory, "mail", "preview");
  for (const [kind, letter] of Object.entries(sampleLetters(frontPage(publicUrl)))) {
    const mail = mailOf({ id: `preview.${kind}`, to: SAMPLE_READER, letter, calendar: calendarOf(kind) });
    await writeMail(folder, kind, from, mail);
  }
  return folder;
}

function calendarOf(kind: string): string | undefined {
  const sample = SAMPLE_CALENDARS[kind];
  return sample && calendarText({ method: sample.method, entries: [sampleEntry(sample.state)] });
}
