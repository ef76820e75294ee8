/** Controls, lone surrogates, line separators, and what turns the direction of the text around it. */
const UNPRINTABLE = /\p{Cc}|\p{Surrogate}|[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
/** Something that can be seen. */
const VISIBLE = /[^\p{Z}\p{C}]/u;
/** As UNPRINTABLE, but tab and line ends stay. */
const UNSTORABLE = /(?![\t\n\r])\p{Cc}|\p{Surrogate}/u;

/** Characters as people count them, not UTF-16 units. */
const lengthOf = (text: string): number => [...text].length;

export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** One line that is not blank, such as a name. */
export const isLine = (text: string, max: number): boolean =>
  VISIBLE.test(text) && lengthOf(text) <= max && !UNPRINTABLE.test(text);

/** Free text that PostgreSQL can store; may be empty. */
export const isProse = (text: string, max: number): boolean => lengthOf(text) <= max && !UNSTORABLE.test(text);

/** A key that people choose. */
export const isSlug = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 100;

export const isPrintable = (text: string): boolean => !UNPRINTABLE.test(text);
