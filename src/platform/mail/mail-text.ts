import type { Letter } from "./letter";

const indented = (value: string, by: number): string => value.split("\n").join(`\n${" ".repeat(by)}`);

function factLines(facts: Letter["facts"]): string[] {
  const width = Math.max(0, ...facts.map(({ label }) => label.length)) + 2;
  return facts.map(({ label, value }) => `${`${label}:`.padEnd(width)}${indented(value, width)}`);
}

/** The letter as plain text: readable as it stands, with the footer below the line that programs know. */
export function mailText({ paragraphs, facts, link, why }: Letter, name: string): string {
  const parts = [`Hello ${name},`, ...paragraphs, factLines(facts).join("\n"), `${link.label}:\n${link.url}`];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n\n-- \n${why}\n`;
}
