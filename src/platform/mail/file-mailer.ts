import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { systemClock } from "../time";
import type { Mailbox } from "./mailbox";
import type { Mail, Mailer } from "./mailer";
import { mimeOf } from "./mime";

const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });

/** Appears whole, or not at all; what was there is replaced. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.part`;
  await writeFile(unfinished, content, { mode: 0o600 });
  await rename(unfinished, path);
}

/** Writes the mail as a mail program opens it, and both its bodies beside it for looking at. */
export async function writeMail(folder: string, name: string, from: Mailbox, mail: Mail): Promise<void> {
  const { message } = await composer.sendMail(mimeOf(from, mail));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(join(folder, `${name}.txt`), mail.text);
  await writeWhole(join(folder, `${name}.html`), mail.html);
  await writeWhole(join(folder, `${name}.eml`), message as Buffer);
}

/** `<instant>-<id>`; that of the first time where the mail is sent again. */
async function nameOf(folder: string, { id }: Mail): Promise<string> {
  const written = await readdir(folder).catch(() => []);
  const before = written.find((file) => file.endsWith(`Z-${id}.eml`));
  return before?.slice(0, -".eml".length) ?? `${systemClock().toISOString().replaceAll(":", "-")}-${id}`;
}

interface Options {
  folder: string;
  from: Mailbox;
}

/** Writes mails to files instead of sending them. */
export const fileMailer = ({ folder, from }: Options): Mailer => ({
  send: async (mail) => writeMail(folder, await nameOf(folder, mail), from, mail),
  close: () => undefined,
});
