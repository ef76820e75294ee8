import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { QuestionBank } from "./question-bank.entity";

type Published = Pick<QuestionBank, "id" | "name" | "description">;

@Noun("QuestionBank", "A collection of questions that belong together.")
export abstract class QuestionBankType extends NodeType implements Published {
  @Field(() => String, { description: "Name of the bank; unique in the organisation." })
  name!: string;

  @Field(() => String, { description: "What the bank is for; may be empty." })
  description!: string;
}
