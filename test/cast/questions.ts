import type { Ctx } from "../../src/identity/viewer.type";
import { createInterviewKit } from "../../src/interviews/interview-kit.actions";
import { allRows } from "../../src/platform/db/reader";
import { createQuestion } from "../../src/question-bank/question.actions";
import { type Question, QuestionVersion } from "../../src/question-bank/question.entity";
import type { CreateQuestionInput } from "../../src/question-bank/question.input";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import type { QuestionBank } from "../../src/question-bank/question-bank.entity";
import type { QuestionKind } from "../../src/question-bank/question-content.rules";
import { requestQuestionReview, reviewQuestion } from "../../src/question-bank/question-review.actions";
import type { Company, Person } from "./company";

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

/** What a question says, without the bank that holds it. */
export type QuestionWording = Omit<CreateQuestionInput, "bankId" | "externalKey">;

/** As inputs, which the API takes as well as the actions do. */
const text = (said: string) => ({ text: said, format: "PLAIN" as const });
const right = (said: string) => ({ ...text(said), creditMillis: 100_000, feedback: text("Yes.") });
const wrong = (said: string) => ({ ...text(said), creditMillis: 0, feedback: text("No.") });
const accepted = { creditMillis: 100_000, feedback: text("Yes.") };

/** Kind -> a stem, and every field of the content that the kind may have. */
const CONTENTS: Readonly<Record<QuestionKind, Pick<QuestionWording, "stem"> & Partial<QuestionWording>>> = {
  SINGLE_CHOICE: { stem: "Which number is even?", options: [right("2"), wrong("3")] },
  MULTIPLE_CHOICE: { stem: "Which number is odd?", options: [right("5"), wrong("6")] },
  TRUE_FALSE: {
    stem: "Is 7 a prime?",
    answer: true,
    feedbackWhenTrue: text("Yes."),
    feedbackWhenFalse: text("It is."),
  },
  SHORT_TEXT: { stem: "Which language do tables speak?", acceptedTexts: [{ text: "SQL", ...accepted }] },
  NUMERIC: {
    stem: "How much is 6 times 7?",
    acceptedIntervals: [{ low: 42, high: 42, ...accepted }],
    feedbackOtherwise: text("Count again."),
  },
  MATCHING: {
    stem: "Which belongs to which?",
    pairs: [
      { prompt: text("One"), answer: "1" },
      { prompt: text("Two"), answer: "2" },
    ],
  },
  ESSAY: { stem: "Why?" },
  DISCUSSION: { stem: "What would you do?" },
};

export const QUESTION_KINDS = Object.keys(CONTENTS) as QuestionKind[];

/** A question of a kind with everything said that it may say. */
export const wordingOfKind = (kind: QuestionKind, skillIds: readonly string[] = []): QuestionWording => ({
  ...CONTENTS[kind],
  kind,
  title: `A ${kind}`,
  stemFormat: "PLAIN",
  generalFeedback: text("Because."),
  guidance: { good: "Asks back.", followUps: ["And then?"], redFlags: ["Shrugs."] },
  skillIds: [...skillIds],
  tags: ["cast"],
  level: "MIDDLE",
  difficulty: 3,
  minutes: 5,
  licence: "MIT",
  source: "The cast",
});

let opened = 0;

/** A bank of the company, empty. */
export const newBank = ({ as }: Company): Promise<QuestionBank> =>
  createQuestionBank(as("admin"), { name: `Bank ${++opened}` });

/** A question of the kind whose only version is a DRAFT of the author's. */
export const draftQuestion = (
  { as }: Company,
  bankId: string,
  kind: QuestionKind = "ESSAY",
  author: Person = "admin",
): Promise<Question> => createQuestion(as(author), { ...wordingOfKind(kind), bankId });

/** One that waits for its review, which its author may not give. */
export async function questionInReview(
  company: Company,
  bankId: string,
  { kind, author = "admin" }: { kind?: QuestionKind; author?: Person } = {},
): Promise<Question> {
  return requestQuestionReview(company.as(author), await draftQuestion(company, bankId, kind, author));
}

/** One whose only version is READY: the admin wrote it, the recruiter approved it. */
export async function publishedQuestion(company: Company, bankId: string, kind?: QuestionKind): Promise<Question> {
  const question = await draftQuestion(company, bankId, kind);
  return publishQuestion({ author: company.as("admin"), reviewer: company.as("recruiter") }, question);
}

/** The newest version of a question. */
export async function newestVersion({ as }: Company, { id, latestNumber }: Question): Promise<QuestionVersion> {
  const where = (bind: (value: unknown) => string) =>
    `t.question_id = ${bind(id)} and t.number = ${bind(latestNumber)}`;
  const [version] = await allRows(as("admin").db, QuestionVersion, where);
  return version!;
}

/** The company with another kit, which asks a question. */
export async function asking(company: Company): Promise<Company> {
  const { profileVersionId, rubricVersionId, skillIds } = company;
  const bank = await newBank(company);
  const authors = { author: company.as("admin"), reviewer: company.as("recruiter") };
  const wording = wordingOfKind("DISCUSSION", Object.values(skillIds));
  const { id: questionVersionId } = await readyQuestion(authors, { ...wording, bankId: bank.id });
  const kit = await createInterviewKit(company.as("admin"), {
    name: `Kit of ${bank.name}`,
    profileVersionId,
    rubricVersionId,
    minutes: 60,
    questions: [{ questionVersionId, minutes: 10 }],
  });
  return { ...company, kit };
}
