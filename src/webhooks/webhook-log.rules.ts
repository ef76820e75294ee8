/** What the log of deliveries keeps of requests and answers: cut short, and without what is secret. */

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const MOST_CHARACTERS = 2000;

/** Controls but line ends and tabs, and halves of characters: neither can be stored, nor read. */
const UNREADABLE = /(?![\t\n])\p{Cc}|\p{Surrogate}/gu;

export const logText = (text: string): string =>
  [...text.replace(UNREADABLE, "").slice(0, 2 * MOST_CHARACTERS)].slice(0, MOST_CHARACTERS).join("");

const SECRET = /^(webhook-signature|authorization|cookie|set-cookie|proxy-.*)$/i;

/** One header in a line, in the order of their coming. */
export const logHeaders = (headers: Headers): string =>
  logText(
    Object.entries(headers)
      .filter(([name]) => !SECRET.test(name))
      .flatMap(([name, value]) => [value ?? []].flat().map((each) => `${name}: ${each}`))
      .join("\n"),
  );
