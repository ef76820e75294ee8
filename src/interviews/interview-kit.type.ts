import { Field, Int } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { InterviewKit, KitQuestion } from "./interview-kit.entity";

type PublishedKit = Pick<InterviewKit, "id" | "name" | "externalKey" | "minutes" | "version">;

@Noun("InterviewKit", "A plan for an interview: what to ask, how to rate it, against which profile.")
export abstract class InterviewKitType extends NodeType implements PublishedKit {
  @Field(() => String, { description: "Name of the kit; unique in the organisation." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the kit is called in files and elsewhere; an import updates by it. Null: made here.",
  })
  externalKey!: string | null;

  @Field(() => Int, { description: "Length of the interview in minutes." })
  minutes!: number;

  @Field(() => Int, { description: "Grows with each change of the kit: pass it to the next one." })
  version!: number;
}

type PublishedQuestion = Pick<KitQuestion, "id" | "position" | "minutes">;

@Noun("KitQuestion", "A question of a kit, in its place.")
export abstract class KitQuestionType extends NodeType implements PublishedQuestion {
  @Field(() => Int, { description: "Place in the kit, from 0." })
  position!: number;

  @Field(() => Int, { description: "Minutes to spend on it." })
  minutes!: number;
}
