import { Field, Int } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { QuestionNote, SessionQuestion } from "./session-question.entity";

type PublishedQuestion = Pick<SessionQuestion, "id" | "position" | "minutes" | "askedAt" | "spentSeconds">;

@Noun("SessionQuestion", "A question of a session, in its place.")
export abstract class SessionQuestionType extends NodeType implements PublishedQuestion {
  @Field(() => Int, { description: "Place in the session, from 0." })
  position!: number;

  @Field(() => Int, { description: "Minutes to spend on it." })
  minutes!: number;

  @Field(() => Date, { nullable: true, description: "When it was marked as asked; null while it is not." })
  askedAt!: Date | null;

  @Field(() => Int, { nullable: true, description: "Seconds that it took; null where nobody noted them." })
  spentSeconds!: number | null;
}

type PublishedNote = Pick<QuestionNote, "id" | "text" | "updatedAt" | "version">;

@Noun("QuestionNote", "What a panellist jots down about a question, for nobody but themselves.")
export abstract class QuestionNoteType extends NodeType implements PublishedNote {
  @Field(() => String, { description: "The note." })
  text!: string;

  @Field(() => Date, { description: "When it was last changed." })
  updatedAt!: Date;

  @Field(() => Int, { description: "Grows with each change; send it back to change the note." })
  version!: number;
}
