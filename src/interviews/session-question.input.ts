import { InputType } from "type-graphql";
import { Flag, IdOf, Prose, Version, Whole } from "../platform/graphql/input-fields";

@InputType({ description: "Whether a question of a session was asked." })
export class MarkQuestionAskedInput {
  @IdOf("SessionQuestion", "The question.")
  sessionQuestionId!: string;

  @Flag("Whether it was asked. False takes the mark back, and the time spent.", true)
  asked!: boolean;

  @Whole(0, 86_400, "Seconds that it took; what was noted before stays when left out, and null clears it.", {
    optional: true,
  })
  spentSeconds?: number | null;
}

@InputType({ description: "Your note about a question of a session; nobody else reads it." })
export class WriteQuestionNoteInput {
  @IdOf("SessionQuestion", "The question; you sit on the panel of its session.")
  sessionQuestionId!: string;

  @Prose("The note, all of it; may be empty.")
  text!: string;

  @Version("The note's `version` that you read; none for a new one.", { optional: true })
  version?: number | null;
}
