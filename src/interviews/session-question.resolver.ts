import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { markQuestionAsked, writeQuestionNote } from "./session-question.actions";
import { MarkQuestionAskedInput, WriteQuestionNoteInput } from "./session-question.input";
import { QuestionNoteType, SessionQuestionType } from "./session-question.type";

const MarkQuestionAskedPayload = payloadOf(
  "MarkQuestionAsked",
  "sessionQuestion",
  () => SessionQuestionType,
  "The question with its marks.",
);
const WriteQuestionNotePayload = payloadOf(
  "WriteQuestionNote",
  "questionNote",
  () => QuestionNoteType,
  "The note as it stands now.",
);

@Resolver()
export class SessionQuestionResolver {
  @Mutation(() => MarkQuestionAskedPayload, {
    description:
      "Marks a question of a session as asked, or takes the mark back. For those who ask, or run the hiring.",
  })
  markQuestionAsked(@Context() ctx: Ctx, @Input(() => MarkQuestionAskedInput) input: MarkQuestionAskedInput) {
    return payload(ctx, "sessionQuestion", input, markQuestionAsked);
  }

  @Mutation(() => WriteQuestionNotePayload, {
    description: "Writes your own note about a question of a session on whose panel you sit.",
  })
  writeQuestionNote(@Context() ctx: Ctx, @Input(() => WriteQuestionNoteInput) input: WriteQuestionNoteInput) {
    return payload(ctx, "questionNote", input, writeQuestionNote);
  }
}
