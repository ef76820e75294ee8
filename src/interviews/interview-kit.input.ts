import { InputType } from "type-graphql";
import { ExternalKey, IdOf, Line, Version, Whole } from "../platform/graphql/input-fields";
import { Parts } from "../platform/graphql/input-lists";

@InputType({ description: "A question of the kit." })
export class KitQuestionInput {
  @IdOf(
    "QuestionVersion",
    "The question, in the version to ask: a READY one, or one that is in the kit already. Each question once.",
  )
  questionVersionId!: string;

  @Whole(1, 480, "Minutes to spend on it.")
  minutes!: number;
}

/** Everything that a kit says. */
@InputType()
abstract class InterviewKitInput {
  @Line("Name of the kit, unique in the organisation.")
  name!: string;

  @IdOf("RoleProfileVersion", "The profile that it interviews for.")
  profileVersionId!: string;

  @IdOf("RubricVersion", "How it is rated: a READY version, or the one that is in the kit already.")
  rubricVersionId!: string;

  @Whole(5, 480, "Length of the interview in minutes.")
  minutes!: number;

  @Parts(() => KitQuestionInput, "What is asked, in order.")
  questions!: KitQuestionInput[];
}

@InputType({ description: "A kit to put together." })
export class CreateInterviewKitInput extends InterviewKitInput {
  @ExternalKey("What it is called in files and elsewhere; unique in the organisation.")
  externalKey?: string | null;
}

@InputType({ description: "All that the kit shall say from now on: a question that is left out is taken away." })
export class EditInterviewKitInput extends InterviewKitInput {
  @IdOf("InterviewKit", "The kit.")
  id!: string;

  @Version("The kit's `version` that you read.")
  version!: number;
}
