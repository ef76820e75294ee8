import { Member } from "../identity/member.entity";
import { isMember, type Viewer } from "../identity/viewer.rules";
import { many, one, part } from "../platform/db/nouns";
import { QuestionVersion } from "../question-bank/question.entity";
import { InterviewSession } from "./interview-session.entity";
import { QuestionNote, SessionQuestion } from "./session-question.entity";

export const sessionQuestions = part(SessionQuestion, InterviewSession, { by: "sessionId" });

/** One's own, whoever sees the question. */
export const questionNotes = part(QuestionNote, SessionQuestion, {
  by: "sessionQuestionId",
  only: (viewer: Viewer, bind) => (isMember(viewer) ? `t.author_id = ${bind(viewer.id)}` : "false"),
});

export const questionsOfSession = many(InterviewSession, "questions", SessionQuestion, {
  by: "sessionId",
  orderBy: "position",
  description: "What is asked, in order.",
});

export const sessionOfQuestion = one(SessionQuestion, "session", InterviewSession, {
  by: "sessionId",
  always: true,
  description: "The session that asks it.",
});

export const versionOfSessionQuestion = one(SessionQuestion, "questionVersion", QuestionVersion, {
  by: "questionVersionId",
  always: true,
  description: "The question, as it was at planning.",
});

export const notesOfSessionQuestion = many(SessionQuestion, "notes", QuestionNote, {
  by: "sessionQuestionId",
  description: "Your own note, if you made one; nobody sees anybody else's.",
});

export const questionOfNote = one(QuestionNote, "sessionQuestion", SessionQuestion, {
  by: "sessionQuestionId",
  always: true,
  description: "What it is about.",
});

export const authorOfNote = one(QuestionNote, "author", Member, {
  by: "authorId",
  always: true,
  description: "Who wrote it: you.",
});
