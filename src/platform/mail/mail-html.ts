import type { Letter } from "./letter";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What cannot be shown, or would turn the words around it. */
const UNSHOWABLE = /(?!\n)[\p{Cc}\p{Surrogate}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text that can stand in an element or an attribute: nothing of it acts. */
const escaped = (text: string): string =>
  text.replace(UNSHOWABLE, " ").replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Each line of a text kept to its own direction of writing. */
const lines = (text: string): string =>
  text
    .split("\n")
    .map((line) => `<bdi>${escaped(line)}</bdi>`)
    .join("<br>");

/**
 * Nothing is fetched from elsewhere. Colours are the reader's own, light or dark, but the button's: both of it are given, so
 * that it reads on either. Styles stand at the elements too, for programs that drop the sheet.
 */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 16px; }
main { max-width: 560px; margin: 0 auto; }
a.button:focus, a.button:hover { text-decoration: underline !important; }`;

const FONT = "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif";
const WRAP = "overflow-wrap:anywhere;word-break:break-word";
const BUTTON =
  "display:inline-block;padding:12px 20px;border-radius:6px;background:#0b57d0;color:#ffffff;font-weight:600;text-decoration:none";

const paragraph = (text: string): string => `<p style="margin:0 0 16px;${WRAP}">${lines(text)}</p>`;

const fact = ({ label, value }: Letter["facts"][number]): string =>
  `<dt style="font-size:14px">${escaped(label)}</dt><dd style="margin:0 0 12px;font-weight:600;${WRAP}">${lines(value)}</dd>`;

const factList = (facts: Letter["facts"]): string =>
  facts.length > 0 ? `<dl style="margin:0 0 16px">${facts.map(fact).join("")}</dl>` : "";

/** The letter as a page of its own. */
export function mailHtml({ subject, paragraphs, facts, link, why }: Letter, name: string): string {
  const head =
    `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">` +
    `<title>${escaped(subject)}</title><style>${STYLE}\n</style>`;
  const content = [
    paragraph(`Hello ${name},`),
    ...paragraphs.map(paragraph),
    factList(facts),
    `<p style="margin:24px 0"><a class="button" href="${escaped(link.url)}" style="${BUTTON}">${escaped(link.label)}</a></p>`,
    `<p style="margin:24px 0 0;padding:12px 0 0;border-top:1px solid #888888;font-size:14px;${WRAP}">${lines(why)}</p>`,
  ];
  const body = `<main style="max-width:560px;margin:0 auto;${FONT}">\n${content.join("\n")}\n</main>`;
  return `<!doctype html>\n<html lang="en">\n<head>${head}</head>\n<body style="margin:0;padding:16px">\n${body}\n</body>\n</html>\n`;
}
