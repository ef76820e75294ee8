import { InputType } from "type-graphql";
import { IdOf, Line, Parts, Whole } from "../platform/graphql/input-fields";

@InputType({ description: "A question of the kit." })
export class KitQuestionInput {
  @IdOf("QuestionVersion", "The question, in the version to ask.")
  questionVersionId!: string;

  @Whole(1, 480, "Minutes to spend on it.")
  minutes!: number;
}

@InputType({ description: "A kit to put together." })
export class CreateInterviewKitInput {
  @Line("Name of the kit, unique in the organisation.")
  name!: string;

  @IdOf("RoleProfileVersion", "The profile that it interviews for.")
  profileVersionId!: string;

  @IdOf("RubricVersion", "How it is rated.")
  rubricVersionId!: string;

  @Whole(5, 480, "Length of the interview in minutes.")
  minutes!: number;

  @Parts(() => KitQuestionInput, "What is asked, in order.")
  questions!: KitQuestionInput[];
}
