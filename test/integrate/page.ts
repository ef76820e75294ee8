import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * docs/integrate.md, as a reader at night works through it. A block `console` is for a terminal of its own; a block `sh` is
 * typed, one after the other, into one shell, and the block `json` or `http` behind it is what comes back.
 */

export const ROOT = join(__dirname, "../..");

export interface Block {
  readonly language: string;
  readonly text: string;
  /** Of its first line in the page. */
  readonly line: number;
}

export interface Step {
  readonly kind: "console" | "sh";
  readonly text: string;
  readonly line: number;
  readonly answer: Block | null;
}

export const pageText = (): string => readFileSync(join(ROOT, "docs", "integrate.md"), "utf8");

/** The fenced blocks, in order. */
export function blocksOf(page: string): Block[] {
  const fenced = /^```([a-z]+)\n([\s\S]*?)^```$/gm;
  return [...page.matchAll(fenced)].map(({ 1: language, 2: text, index }) => ({
    language: language!,
    text: text!,
    line: page.slice(0, index).split("\n").length + 1,
  }));
}

const ANSWERS = ["json", "http"];

/** What is typed, with what it answers. */
export function stepsOf(page: string): Step[] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, text, line }, index) => {
    if (language !== "console" && language !== "sh") return [];
    const next = blocks[index + 1];
    const answer = language === "sh" && next && ANSWERS.includes(next.language) ? next : null;
    return [{ kind: language, text, line, answer }];
  });
}

/** Where the page says that the server and the receiver listen. */
export const PAGE_HOSTS = { server: "127.0.0.1:4000", receiver: "127.0.0.1:9000" } as const;

/** The page with other hosts: a test has ports of its own. */
export const onHosts = (page: string, hosts: Readonly<Record<keyof typeof PAGE_HOSTS, string>>): string =>
  page.replaceAll(PAGE_HOSTS.server, hosts.server).replaceAll(PAGE_HOSTS.receiver, hosts.receiver);
