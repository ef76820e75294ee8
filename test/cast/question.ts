import type { Ctx } from "../../src/identity/viewer.type";
import { allRows } from "../../src/platform/db/reader";
import { createQuestion } from "../../src/question-bank/question.actions";
import { type Question, QuestionVersion } from "../../src/question-bank/question.entity";
import type { CreateQuestionInput } from "../../src/question-bank/question.input";
import { requestQuestionReview, reviewQuestion } from "../../src/question-bank/question-review.actions";

interface Authors {
  author: Ctx;
  reviewer: Ctx;
}

/** Publishes a question's draft: what the author handed in, somebody else approves. */
export async function publishQuestion({ author, reviewer }: Authors, question: Question): Promise<Question> {
  const { id, version } = await requestQuestionReview(author, question);
  return reviewQuestion(reviewer, { id, version, verdict: "APPROVED" });
}

/** The READY version of a new question. An ESSAY unless said otherwise. */
export async function readyQuestion(
  authors: Authors,
  wording: Partial<CreateQuestionInput> & Pick<CreateQuestionInput, "bankId" | "stem">,
): Promise<QuestionVersion> {
  const question = await createQuestion(authors.author, { kind: "ESSAY", stemFormat: "PLAIN", ...wording });
  await publishQuestion(authors, question);
  const [version] = await allRows(authors.author.db, QuestionVersion, (bind) => `t.question_id = ${bind(question.id)}`);
  return version!;
}
