import { everyone, many, noun, one } from "../platform/db/nouns";
import { QuestionVersion } from "../question-bank/question.entity";
import { RubricVersion } from "../question-bank/rubric.entity";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { InterviewKit, KitQuestion } from "./interview-kit.entity";

export const interviewKits = noun(InterviewKit, { visible: everyone, orderBy: "name" });
export const kitQuestions = noun(KitQuestion, { visible: everyone });

export const profileOfKit = one(InterviewKit, "profileVersion", RoleProfileVersion, {
  by: "profileVersionId",
  always: true,
  description: "The profile that it interviews for.",
});

export const rubricOfKit = one(InterviewKit, "rubricVersion", RubricVersion, {
  by: "rubricVersionId",
  always: true,
  description: "How it is rated.",
});

export const questionsOfKit = many(InterviewKit, "questions", KitQuestion, {
  by: "kitId",
  orderBy: "position",
  description: "What is asked, in order.",
});

export const kitOfQuestion = one(KitQuestion, "kit", InterviewKit, {
  by: "kitId",
  always: true,
  description: "The kit that asks it.",
});

export const versionOfKitQuestion = one(KitQuestion, "questionVersion", QuestionVersion, {
  by: "questionVersionId",
  always: true,
  description: "The question, in the version that was chosen.",
});
