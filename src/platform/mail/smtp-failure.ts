import { Hopeless, Telling } from "../jobs/job";

/** What nodemailer tells of a mail that did not go. */
interface Failed {
  readonly message: string;
  /** The server's own words, with their number. */
  readonly response?: string;
  readonly responseCode?: number;
  /** After which command of ours it came. */
  readonly command?: string;
}

const MOST_WORDS = 500;

/** Commands that are about this mail; what is said to the others is about the server, the login or us. */
const OF_THE_MAIL: readonly (string | undefined)[] = ["MAIL FROM", "RCPT TO", "DATA"];

/** Whether sending the same again comes to the same. A wrong password is mended by somebody, so it is tried again. */
const isFinal = ({ responseCode = 0, command }: Failed): boolean =>
  responseCode >= 500 && OF_THE_MAIL.includes(command);

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The word by itself, in any case. */
const wordOf = (word: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${literal(word)}(?![\\p{L}\\p{N}])`, "giu");

/** A shorter local part is a word of any sentence. */
const SHORTEST_LOCAL_PART = 3;

/** Without whom it was for: failures are kept, and addresses are people's. */
export function withoutAddress(text: string, address: string): string {
  const local = address.slice(0, address.lastIndexOf("@"));
  const told = local.length < SHORTEST_LOCAL_PART ? [address] : [address, local];
  const bare = told.reduce((rest, each) => rest.replace(wordOf(each), "[recipient]"), text);
  return bare
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, MOST_WORDS);
}

/** Why a mail did not go, for people to read: Hopeless where the server refused it for good. */
export function smtpFailure(failed: Failed, recipient: string): Error {
  const words = withoutAddress(failed.response ?? failed.message, recipient);
  const at = failed.command && failed.command !== "CONN" ? ` (${failed.command.split(" ", 2).join(" ")})` : "";
  if (isFinal(failed)) return new Hopeless(`The mail was refused${at}: ${words}`);
  const told = `The mail server did not take the mail${at}: ${words}`;
  // What the server has not said tells where it is, which is the operator's.
  return failed.response === undefined ? new Error(told) : new Telling(told);
}
