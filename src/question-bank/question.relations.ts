import { everyone, noun, one, pages } from "../platform/db/nouns";
import { Skill } from "../skills/skill.entity";
import { Question, QuestionVersion } from "./question.entity";
import { QuestionBank } from "./question-bank.entity";

export const questions = noun(Question, { visible: everyone, descending: true });
export const questionVersions = noun(QuestionVersion, { visible: everyone, descending: true });

export const bankOfQuestion = one(Question, "bank", QuestionBank, {
  by: "bankId",
  always: true,
  description: "The bank that holds the question.",
});

export const questionsOfBank = pages(QuestionBank, "questions", Question, {
  by: "bankId",
  description: "The bank's questions, newest first.",
});

export const versionsOfQuestion = pages(Question, "versions", QuestionVersion, {
  by: "questionId",
  description: "Every version, newest first.",
});

export const questionOfVersion = one(QuestionVersion, "question", Question, {
  by: "questionId",
  always: true,
  description: "The question of which this is a version.",
});

export const skillOfQuestionVersion = one(QuestionVersion, "skill", Skill, {
  by: "skillId",
  description: "The skill that it tests; null where none is named.",
});
