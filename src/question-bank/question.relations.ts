import { Member } from "../identity/member.entity";
import { everyone, first, noun, one, pages, through } from "../platform/db/nouns";
import { Skill } from "../skills/skill.entity";
import { CURRENT_FIRST } from "./publication.rules";
import { Question, QuestionAuthor, QuestionSkill, QuestionVersion } from "./question.entity";
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

export const currentOfQuestion = first(Question, "current", QuestionVersion, {
  by: "questionId",
  orderBy: CURRENT_FIRST,
  description: "The READY version; where there is none, the newest.",
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

export const skillsOfQuestionVersion = through(QuestionVersion, "skills", Skill, {
  link: QuestionSkill,
  from: "questionVersionId",
  to: "skillId",
  description: "The skills that it tests, the main one first.",
});

export const authorsOfQuestionVersion = through(QuestionVersion, "authors", Member, {
  link: QuestionAuthor,
  from: "questionVersionId",
  to: "memberId",
  description: "Who wrote in it, and so may not review it; nobody where it came with Assay.",
});
