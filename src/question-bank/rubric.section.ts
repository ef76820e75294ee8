import { z } from "zod";
import { writeKeyed } from "../platform/exchange/keyed";
import type { Section } from "../platform/exchange/section";
import { distinct, key, line, prose, slug, whole } from "../platform/exchange/shapes";
import { mayWriteQuestions } from "./question-bank.policy";
import { knownRubrics, rubricWriter } from "./rubric-file.actions";
import {
  type CriterionItem,
  libraryOf,
  normalRubric,
  type RubricItem,
  type UsedCriterion,
  writtenOut,
} from "./rubric-item.rules";

const gate = z.strictObject({ min: whole(-1000, 1000), rule: z.enum(["MEAN", "ANY"]).default("MEAN") });

const criterion: z.ZodType<CriterionItem> = z.strictObject({
  key: slug(),
  name: line(),
  skill: slug(),
  weight: whole(0, 1000),
  scale: z.tuple([whole(-1000, 1000), whole(-1000, 1000)]),
  gate: gate.optional(),
  anchors: z.array(z.strictObject({ value: whole(-1000, 1000), label: line(60), behaviour: prose(2000) })).max(21),
});

const used: z.ZodType<UsedCriterion> = z.strictObject({
  use: z.string().regex(/^[^/]+\/[^/]+$/, { error: "wants `rubric key/criterion key`" }),
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
    const library = libraryOf([...known, ...items].map((each) => ("item" in each ? each.item : each.value!)));
    const whole = items.map((file) => ({ ...file, value: writtenOut(file.value!, library) }));
    return writeKeyed(run, whole, {
      what: "rubric",
      known,
      normal: normalRubric,
      isOutdated: (id) => run.publish && known.find((each) => each.id === id)?.state !== "READY",
      pathOf,
      ...(await rubricWriter(run)),
    });
  },

  read: async (reader, { bankId }) => (bankId ? [] : (await knownRubrics(reader)).map(({ item }) => item)),
};

const FILE_NAMES: Readonly<Record<string, string>> = {
  skillIds: "skills",
  skillId: "skill",
  scaleMin: "scale",
  scaleMax: "scale",
};
const pathOf = (field: readonly string[]): string => field.map((step) => FILE_NAMES[step] ?? step).join(".");
