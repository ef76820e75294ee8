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
    right: z.literal(true).optional().describe("An equal share of the credit."),
    credit: credit(-100).optional().describe("Percent, instead of `right`; below 0 a penalty."),
    feedback: text().optional().describe("Shown to somebody who chose it."),
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
  good: prose().describe("What a good answer looks like."),
  followUps: z.array(saying(2000)).max(20).default([]).describe("Questions to go deeper, or to help."),
  redFlags: z.array(saying(2000)).max(20).default([]).describe("Signs of warning that one can observe."),
});

/** What every question has, whatever its kind. */
const common = {
  key: key().describe("What it is called in files: an import updates by it."),
  bank: key().describe("Key of the bank that holds it."),
  title: line().optional().describe("A few words to find it by."),
  skills: distinct(slug(), 20).default([]).describe("Keys of the skills that it tests, the main one first."),
  level: z.enum(LEVELS).optional().describe("Seniority from which it may be asked."),
  difficulty: whole(1, 5).optional().describe("1 (easy) to 5 (hard) for somebody of the level."),
  minutes: whole(1, 240).optional().describe("Time to spend on it."),
  tags: z.array(line(60)).max(20).default([]).describe("Labels."),
  licence: line().optional().describe("Licence under which it may be used, such as CC-BY-4.0."),
  source: line(1000).optional().describe("Where it comes from."),
  stem: text().describe("What is asked."),
  generalFeedback: text().optional().describe("Shown after the answer, whatever it was."),
  guidance: guidance.optional().describe("How an interviewer judges an answer. Markdown."),
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
