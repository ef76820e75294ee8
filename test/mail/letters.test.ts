import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeMailPreview } from "../../src/demo/demo-mail.actions";
import { SAMPLE_CALENDARS, SAMPLE_READER, sampleLetters } from "../../src/demo/demo-mail.rules";
import type { Letter } from "../../src/platform/mail/letter";
import { mailHtml } from "../../src/platform/mail/mail-html";
import { mailText } from "../../src/platform/mail/mail-text";

const URL = "https://assay.acme.example/graphiql?a=1&b=2";
const kinds = Object.entries(sampleLetters(URL)) as [string, Letter][];

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** What a page says: its text without its elements. */
const read = (html: string): string =>
  html
    .replace(/<(style|title)>[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, "\n")
    .replace(/&(#?\w+);/g, (_, name: string) => ENTITIES[name]!);

describe.each(kinds)("%s", (_, letter) => {
  const { name } = SAMPLE_READER;
  const [text, html] = [mailText(letter, name), mailHtml(letter, name)];

  test("says the same as text and as a page: greeting, sentences, facts, why it came", () => {
    const lines = [
      `Hello ${name},`,
      ...letter.paragraphs,
      ...letter.facts.flatMap(({ label, value }) => [label, ...value.split("\n")]),
      letter.why,
    ];
    expect(letter.subject).toMatch(/^\S.{5,}$/);
    for (const line of lines) {
      expect(text).toContain(line);
      expect(read(html)).toContain(line);
    }
  });

  test("has one link, where the reader is to go", () => {
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!.replaceAll("&amp;", "&"));
    expect(links).toEqual([URL]);
    expect(text).toContain(`${letter.link.label}:\n${URL}\n`);
  });

  test("fetches nothing and runs nothing", () => {
    expect(html).not.toMatch(/\bsrc=|<(img|script|link|iframe|object|form|input)\b|url\(|@import|\bon\w+=/i);
  });

  test("reads by light and in the dark, and on a narrow screen", () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("width=device-width");
    const colours = [...html.matchAll(/(?<![-\w])(?:color|background(?:-color)?):\s*([^;"}]+)/g)].map(
      ([, colour]) => colour,
    );
    expect(colours).toEqual(["#0b57d0", "#ffffff"]);
    expect(html).not.toMatch(/(?<!max-)width:\s*\d{3,}px/);
  });

  test("is well-formed: every element that is opened is closed", () => {
    const open: string[] = [];
    for (const [, end, element] of html.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
      if (["meta", "br"].includes(element!)) continue;
      if (end) expect(open.pop()).toBe(element);
      else open.push(element!);
    }
    expect(open).toEqual([]);
  });
});

test("nothing that people wrote acts in a page, wherever it stands", () => {
  const evil = `<img src=x onerror=alert(1)>"'&amp;</style></title><script>\u202egnp`;
  const letter: Letter = {
    subject: evil,
    paragraphs: [evil],
    facts: [{ label: evil, value: `${evil}\n${evil}` }],
    link: { label: evil, url: `https://assay.example/"><script>` },
    why: evil,
  };
  const html = mailHtml(letter, evil);
  expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>|\u202e/);
  expect(html.match(/<\/(style|title)>/g)).toEqual(["</title>", "</style>"]);
  expect(html).toContain('href="https://assay.example/&quot;&gt;&lt;script&gt;"');
  expect(read(html).split(`<img src=x onerror=alert(1)>"'&amp;</style></title><script> gnp`)).toHaveLength(8);
});

test("a fact of several lines stands in one column", () => {
  const letter = {
    ...kinds[0]![1],
    facts: [
      { label: "When", value: "Monday\nZurich" },
      { label: "Where", value: "Room" },
    ],
  };
  expect(mailText(letter, "Ann")).toContain("When:  Monday\n       Zurich\nWhere: Room\n");
});

test("the preview holds a mail of each kind, with its calendar", async () => {
  const directory = await mkdtemp(join(tmpdir(), "assay-preview-"));
  try {
    const from = { name: "Assay", email: "assay@localhost" };
    const folder = await writeMailPreview({ directory, from, publicUrl: "https://assay.acme.example" });
    expect(folder).toBe(join(directory, "mail", "preview"));
    const files = await readdir(folder);
    expect(files.sort()).toEqual(
      kinds.flatMap(([kind]) => ["eml", "html", "txt"].map((end) => `${kind}.${end}`)).sort(),
    );
    for (const [kind] of kinds) {
      const eml = await readFile(join(folder, `${kind}.eml`), "utf8");
      expect({ kind, method: /text\/calendar;.*method=(\w+)/.exec(eml)?.[1] }).toEqual({
        kind,
        method: SAMPLE_CALENDARS[kind]?.method,
      });
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});
