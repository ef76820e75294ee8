import { z } from "zod";
import { distinct, key, line, prose, saying, slug, whole } from "../platform/exchange/shapes";
import { LEVELS } from "../skills/level.rules";
import type { TextFormat } from "./question-content.rules";
import type { QuestionItem } from "./question-item.rules";

const FORMATS = ["MARKDOWN", "HTML", "PLAIN", "MOODLE"] as const satisfies readonly TextFormat[];

const text = () =>
  z.union([prose(), z.strictObject({ text: prose(), format: z.enum(FORMATS) })], {
    error: "wants a text in Markdown, or `{ text, format }`",
  });

/** Percent, to a thousandth. */
const credit = (min: number) =>
  z
    .number()
    .min(min)
    .max(100)
    .refine((percent) => Math.abs(percent * 1000 - Math.round(percent * 1000)) < 1e-6, {
      error: "wants a percentage with at most three decimals",
    });

const option = z
  .strictObject({
    text: prose(),
    format: z.enum(FORMATS).optional(),
    right: z.literal(true).optional(),
    credit: credit(-100).optional(),
    feedback: text().optional(),
  })
  .refine(({ right, credit: percent }) => !(right && percent !== undefined), {
    error: "has `right` and `credit`: write one of them",
  });

const credited = { credit: credit(0).optional(), feedback: text().optional() };

const acceptedText = z.union([saying(1000), z.strictObject({ text: saying(1000), ...credited })], {
  error: "wants an accepted text, or `{ text, credit, feedback }`",
});

const acceptedNumber = z.union(
  [
    z.strictObject({ value: z.number(), tolerance: z.number().min(0).optional(), ...credited }),
    z.strictObject({ low: z.number(), high: z.number(), ...credited }),
  ],
  { error: "wants `{ value, tolerance }` or `{ low, high }`, with `credit` and `feedback` where need be" },
);

const guidance = z.strictObject({
  good: prose(),
  followUps: z.array(saying(2000)).max(20).default([]),
  redFlags: z.array(saying(2000)).max(20).default([]),
});

/** What every question has, whatever its kind. */
const common = {
  key: key(),
  bank: key(),
  title: line().optional(),
  skills: distinct(slug(), 20).default([]),
  level: z.enum(LEVELS).optional(),
  difficulty: whole(1, 5).optional(),
  minutes: whole(1, 240).optional(),
  tags: z.array(line(60)).max(20).default([]),
  licence: line().optional(),
  source: line(1000).optional(),
  stem: text(),
  generalFeedback: text().optional(),
  guidance: guidance.optional(),
};

const options = { options: z.array(option).min(2).max(50) };

export const questionShape: z.ZodType<QuestionItem> = z.discriminatedUnion("kind", [
  z.strictObject({ ...common, kind: z.literal("SINGLE_CHOICE"), ...options }),
  z
    .strictObject({ ...common, kind: z.literal("MULTIPLE_CHOICE"), ...options })
    .refine(
      ({ options: all }) => !(all.some(({ right }) => right) && all.some(({ credit: percent = 0 }) => percent > 0)),
      { error: "mixes `right` with a `credit` above 0: write one or the other", path: ["options"] },
    ),
  z.strictObject({
    ...common,
    kind: z.literal("TRUE_FALSE"),
    answer: z.boolean(),
    feedbackWhenTrue: text().optional(),
    feedbackWhenFalse: text().optional(),
  }),
  z.strictObject({ ...common, kind: z.literal("SHORT_TEXT"), accepted: z.array(acceptedText).min(1).max(50) }),
  z.strictObject({
    ...common,
    kind: z.literal("NUMERIC"),
    accepted: z.array(acceptedNumber).min(1).max(50),
    feedbackOtherwise: text().optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("MATCHING"),
    pairs: z
      .array(z.strictObject({ prompt: text().optional(), answer: prose(2000) }))
      .min(2)
      .max(50),
  }),
  z.strictObject({ ...common, kind: z.literal("ESSAY") }),
  z.strictObject({ ...common, kind: z.literal("DISCUSSION") }),
]);
