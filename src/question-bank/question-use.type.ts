import { Field } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { QuestionUse } from "./question-use.entity";
import type { UseOccasion } from "./question-use.rules";

const UseOccasionEnum = enumOf<UseOccasion>("UseOccasion", "How a version of a question was used.", {
  PLANNED: "Put into an interview kit.",
  ASKED: "Asked in an interview.",
});

type Published = Pick<QuestionUse, "id" | "occasion" | "createdAt">;

@Noun("QuestionUse", "One use of a version: how often and when it was used tells how well known it may be.")
export abstract class QuestionUseType extends NodeType implements Published {
  @Field(() => UseOccasionEnum, { description: "How it was used." })
  occasion!: UseOccasion;

  @Field(() => Date, { description: "When it was used." })
  createdAt!: Date;
}
