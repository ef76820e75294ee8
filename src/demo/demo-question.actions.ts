import { importBank } from "../question-bank/import.actions";
import { createQuestion } from "../question-bank/question.actions";
import { createQuestionBank } from "../question-bank/question-bank.actions";
import { requestQuestionReview } from "../question-bank/question-review.actions";
import { DEMO_DISCUSSION, DEMO_GIFT } from "./demo.rules";
import type { DemoCast } from "./demo-cast.actions";

/** A bank of an interviewer's own: three drafts from a file, and a question that waits for its review. */
export async function seedQuestions({ as }: DemoCast): Promise<void> {
  const ivo = as("ivo");
  const bank = await createQuestionBank(ivo, { name: "Ivo's drafts", description: "Not yet reviewed." });
  await importBank(ivo, { format: "GIFT", text: DEMO_GIFT, publish: false, dryRun: false, bankId: bank.id });
  const question = await createQuestion(ivo, {
    bankId: bank.id,
    kind: "DISCUSSION",
    title: "A slow list of orders",
    stem: DEMO_DISCUSSION,
    stemFormat: "PLAIN",
    tags: ["performance"],
  });
  await requestQuestionReview(ivo, question);
}
