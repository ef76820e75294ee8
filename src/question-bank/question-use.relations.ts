import { everyone, noun, one, pages } from "../platform/db/nouns";
import { QuestionVersion } from "./question.entity";
import { QuestionUse } from "./question-use.entity";

export const questionUses = noun(QuestionUse, { visible: everyone, descending: true });

export const usesOfVersion = pages(QuestionVersion, "uses", QuestionUse, {
  by: "questionVersionId",
  description: "Every time that it was put into a kit or asked, newest first.",
});

export const versionOfUse = one(QuestionUse, "questionVersion", QuestionVersion, {
  by: "questionVersionId",
  always: true,
  description: "The version that was used.",
});
