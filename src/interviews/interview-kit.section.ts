import { z } from "zod";
import { may } from "../identity/grant.rules";
import type { Viewer } from "../identity/viewer.rules";
import { writeKeyed } from "../platform/exchange/keyed";
import type { Section } from "../platform/exchange/section";
import { key, line, whole } from "../platform/exchange/shapes";
import { kitWriter, knownKits } from "./interview-kit-file.actions";
import { type KitItem, withBanks, withoutPlainBanks } from "./interview-kit-item.rules";

export const kitSection: Section<KitItem> = {
  name: "kits",
  description: "Plans for interviews: which questions, rated by which rubric, for which profile.",
  needs: ["profiles", "questions", "rubrics"],
  mayWrite: (viewer: Viewer) => may(viewer, "createInterviewKit"),
  shape: z.strictObject({
    key: key(),
    name: line(),
    profile: key().describe("Key of the profile that it interviews for."),
    rubric: key().describe("Key of the rubric by which it is rated."),
    minutes: whole(5, 480).describe("Length of the interview."),
    questions: z
      .array(
        z.strictObject({
          question: key(),
          bank: key().optional().describe("Where several banks have the key."),
          minutes: whole(1, 480),
        }),
      )
      .max(100)
      .default([]),
  }),

  async write(run, items) {
    const known = await knownKits(run.tx);
    const byKey = new Map(known.map((each) => [each.item.key, each]));
    const names = new Map(known.map((each) => [each.id, each.names]));
    return writeKeyed(run, items, {
      what: "kit",
      known,
      normal: (item) => withBanks(item, byKey.get(item.key)?.item),
      isOutdated: (id) => names.get(id)?.some((each) => run.written.has(each)) ?? false,
      pathOf: (field) => field.map((step) => FILE_NAMES[step] ?? step).join("."),
      ...kitWriter(run.tx),
    });
  },

  read: async (reader, { bankId }) =>
    bankId ? [] : (await knownKits(reader)).map(({ item, ambiguous }) => withoutPlainBanks(item, ambiguous)),
};

const FILE_NAMES: Readonly<Record<string, string>> = {
  profileVersionId: "profile",
  rubricVersionId: "rubric",
  questionVersionId: "question",
};
