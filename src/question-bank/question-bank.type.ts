import { Field, Int } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { QuestionBank } from "./question-bank.entity";

type Published = Pick<QuestionBank, "id" | "name" | "description" | "externalKey" | "version">;

@Noun("QuestionBank", "A collection of questions that belong together.")
export abstract class QuestionBankType extends NodeType implements Published {
  @Field(() => String, { description: "Name of the bank; unique in the organisation." })
  name!: string;

  @Field(() => String, { description: "What the bank is for; may be empty." })
  description!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the bank is called in files; an import updates by it. Null: made here.",
  })
  externalKey!: string | null;

  @Field(() => Int, { description: "Grows with each change of the bank: pass it to the next one." })
  version!: number;
}
