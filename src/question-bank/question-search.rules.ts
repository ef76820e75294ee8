import type { Fault } from "../platform/errors";
import type { Level } from "../skills/level.rules";
import type { PublicationState } from "./publication.rules";
import type { QuestionKind } from "./question-content.rules";

export type QuestionOrder = "RELEVANCE" | "NEWEST" | "LEAST_USED";

/** What is asked of a version. Whatever is null, left out or empty asks for nothing. */
export interface QuestionWishes {
  text?: string | null;
  skillIds?: readonly string[] | null;
  levels?: readonly Level[] | null;
  kinds?: readonly QuestionKind[] | null;
  tags?: readonly string[] | null;
  states?: readonly PublicationState[] | null;
  bankId?: string | null;
  minMinutes?: number | null;
  maxMinutes?: number | null;
}

/** What keeps the wishes from ever being fulfilled. */
export function wishFaults({ minMinutes, maxMinutes }: QuestionWishes): Fault[] {
  if (minMinutes == null || maxMinutes == null || minMinutes <= maxMinutes) return [];
  const message = `\`minMinutes\` is ${minMinutes}, above \`maxMinutes\`, which is ${maxMinutes}: swap them.`;
  return [{ code: "BAD_INPUT", message, field: ["minMinutes"] }];
}

/** The words to search for; null where there are none. */
export const wordsOf = ({ text }: QuestionWishes): string | null => text?.trim() || null;

/** The order of a search. Relevance is to a text: without one, the newest come first. */
export function orderOf(wishes: QuestionWishes, asked: QuestionOrder | null): QuestionOrder {
  const order = asked ?? "RELEVANCE";
  return order === "RELEVANCE" && !wordsOf(wishes) ? "NEWEST" : order;
}
