/** Whose mail it is. */
export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** What parts addresses from each other, or from a name, has no place in one: quoted local parts are refused. */
const ADDRESS = /^[^\s\p{C}<>()[\],;:"\\@]+@[^\s\p{C}<>()[\],;:"\\@]+$/u;

const LONGEST_ADDRESS = 254;

/** Whether a mail can be sent there, and to nobody else. */
export const isAddress = (text: string): boolean => text.length <= LONGEST_ADDRESS && ADDRESS.test(text);

/** What a header holds on one line: whatever else stood there, no line of the mail begins with it. */
export const onOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]+/gu, " ").trim();

/** A mailbox as people write it: `assay@acme.example`, or `Assay <assay@acme.example>`. Null where it is none. */
export function readMailbox(text: string): Mailbox | null {
  const [, quoted, plain, inner] = /^(?:"([^"\\]*)"|([^"<>\\]*))\s*<([^<>]*)>$/.exec(text) ?? [];
  const mailbox = { name: (quoted ?? plain ?? "").trim(), email: inner ?? text };
  return isAddress(mailbox.email) && onOneLine(mailbox.name) === mailbox.name ? mailbox : null;
}
