import { Field } from "type-graphql";
import { Value } from "../platform/graphql/node";
import type { QuestionChange } from "./question-diff.rules";

@Value("QuestionChange", "One place in which two versions of a question differ.")
export class QuestionChangeType implements QuestionChange {
  @Field(() => String, {
    description:
      "Where it is, such as `stem` or `options.1.text`. Places in a list are counted from 0, in the later version; in the " +
      "earlier one for what is gone. The path of a list alone tells that what stayed stands in another order.",
  })
  path!: string;

  @Field(() => String, { nullable: true, description: "What it was; null: it was not there." })
  before!: string | null;

  @Field(() => String, { nullable: true, description: "What it is; null: it is gone." })
  after!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The change line by line, as a unified diff; null for what has one line, and for what came or went.",
  })
  patch!: string | null;
}
