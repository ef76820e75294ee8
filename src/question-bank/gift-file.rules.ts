import { type GiftItem, readGift } from "./gift.rules";
import type { ReadQuestion } from "./question-tables.rules";
import { draftOfContent } from "./wording.rules";

/** The items of a GIFT file. It names no skills. */
export function* giftFile(text: string): Generator<ReadQuestion> {
  for (const item of readGift(text)) yield readQuestion(item);
}

function readQuestion({ line, title, externalKey: key, tags, outcome }: GiftItem): ReadQuestion {
  const found = { line, key, title, value: null, faults: [], lineAt: () => line };
  switch (outcome.kind) {
    case "ignored":
      return { ...found, ignored: outcome.reason };
    case "refused":
      return { ...found, faults: [{ line: outcome.at.line, path: "", message: outcome.reason }] };
    case "question": {
      const { stem, content, generalFeedback } = outcome;
      const said = { kind: content.kind, title, tags, stem: stem.text, stemFormat: stem.format, generalFeedback };
      return { ...found, value: { key, skills: [], draft: { ...said, ...draftOfContent(content) } } };
    }
  }
}
