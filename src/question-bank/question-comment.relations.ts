import { Member } from "../identity/member.entity";
import type { Viewer } from "../identity/viewer.rules";
import { noun, one, pages } from "../platform/db/nouns";
import { QuestionVersion } from "./question.entity";
import { maySeeKeys } from "./question-bank.policy";
import { QuestionComment } from "./question-comment.entity";

/** A remark may quote the key. */
const visibleComments = (viewer: Viewer): string => (maySeeKeys(viewer) ? "true" : "false");

export const questionComments = noun(QuestionComment, { visible: visibleComments });

export const commentsOfVersion = pages(QuestionVersion, "comments", QuestionComment, {
  by: "questionVersionId",
  description: "Remarks and verdicts, oldest first; none where you may not see the key.",
});

export const versionOfComment = one(QuestionComment, "questionVersion", QuestionVersion, {
  by: "questionVersionId",
  always: true,
  description: "The version that is remarked on.",
});

export const authorOfComment = one(QuestionComment, "author", Member, {
  by: "authorId",
  always: true,
  description: "Who says it.",
});
