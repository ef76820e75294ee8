import { z } from "zod";
import { writeKeyed } from "../platform/exchange/keyed";
import type { Section } from "../platform/exchange/section";
import { distinct, key, line, prose, slug, whole } from "../platform/exchange/shapes";
import { mayWriteQuestions } from "./question-bank.policy";
import { knownRubrics, retiredRubricKeys, rubricWriter } from "./rubric-file.actions";
import {
  byUse,
  type CriterionItem,
  libraryOf,
  normalRubric,
  type RubricItem,
  shortened,
  type UsedCriterion,
  writtenOut,
} from "./rubric-item.rules";

const gate = z.strictObject({ min: whole(-1000, 1000), rule: z.enum(["MEAN", "ANY"]).default("MEAN") });

const criterion: z.ZodType<CriterionItem> = z.strictObject({
  key: slug().describe("What it is called in files; unique within the rubric."),
  name: line().describe("What is rated."),
  skill: slug().describe("Key of the skill that it is evidence for."),
  weight: whole(0, 1000).describe("Relative weight within the skill."),
  scale: z.tuple([whole(-1000, 1000), whole(-1000, 1000)]).describe("Lowest and highest value."),
  gate: gate.optional().describe("The least rating, where there is one."),
  anchors: z.array(z.strictObject({ value: whole(-1000, 1000), label: line(60), behaviour: prose(2000) })).max(21),
});

const used: z.ZodType<UsedCriterion> = z.strictObject({
  use: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, { error: "wants `rubric key/criterion key`" })
    .describe("A criterion of another rubric."),
  weight: whole(0, 1000).optional(),
  gate: gate.optional(),
});

/** Of each rubric the version that is READY, or else the one that is being written. */
export const rubricSection: Section<RubricItem> = {
  name: "rubrics",
  description: "How answers are rated: criteria with anchors. A criterion of another rubric is named by `use`.",
  needs: ["skills"],
  mayWrite: mayWriteQuestions,
  shape: z.strictObject({
    key: key(),
    name: line(),
    skills: distinct(slug(), 20).default([]),
    criteria: z
      .array(z.union([criterion, used]))
      .min(1)
      .max(60),
  }),

  async write(run, items) {
    const known = await knownRubrics(run.tx);
    const library = libraryOf(known.map(({ item }) => item));
    // A criterion that is used may itself be used from elsewhere.
    const whole = byUse(items, ({ value }) => value!).map((file) => {
      const value = writtenOut(file.value!, library);
      for (const [name, criterion] of libraryOf([value])) library.set(name, criterion);
      return { ...file, value };
    });
    const published = new Set(known.filter(({ state }) => state === "READY").map(({ id }) => id));
    const done = await writeKeyed(run, whole, {
      what: "rubric",
      // To be published, it must be READY that says it.
      known: run.publish ? known.map(({ draft: _, ...each }) => each) : known,
      retired: await retiredRubricKeys(run.tx),
      normal: normalRubric,
      isOutdated: (id) => run.publish && !published.has(id),
      pathOf,
      ...(await rubricWriter(run)),
    });
    const ofPath = new Map(whole.map(({ path }, index) => [path, done[index]!]));
    return items.map(({ path }) => ofPath.get(path)!);
  },

  read: async (reader, { bankId }) => {
    if (bankId) return [];
    const known = await knownRubrics(reader);
    const library = libraryOf(known.map(({ item }) => item));
    return known.map(({ item, uses }) => shortened(item, uses, library));
  },
};

const FILE_NAMES: Readonly<Record<string, string>> = {
  skillIds: "skills",
  skillId: "skill",
  scaleMin: "scale",
  scaleMax: "scale",
};
const pathOf = (field: readonly string[]): string => field.map((step) => FILE_NAMES[step] ?? step).join(".");
