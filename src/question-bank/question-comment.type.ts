import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Verdict } from "./publication.rules";
import { VerdictEnum } from "./publication.type";
import type { QuestionComment } from "./question-comment.entity";

type Published = Pick<QuestionComment, "id" | "text" | "verdict" | "createdAt">;

@Noun("QuestionComment", "What somebody says of a version, such as a reviewer's verdict.")
export abstract class QuestionCommentType extends NodeType implements Published {
  @Field(() => String, { description: "The remark, in Markdown; may be empty beside a verdict." })
  text!: string;

  @Field(() => VerdictEnum, { nullable: true, description: "What it decides; null: nothing." })
  verdict!: Verdict | null;

  @Field(() => Date, { description: "When it was said." })
  createdAt!: Date;
}
