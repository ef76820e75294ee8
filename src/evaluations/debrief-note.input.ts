import { InputType } from "type-graphql";
import { IdOf, Saying } from "../platform/graphql/input-fields";

@InputType({ description: "What was said at a debrief, to be kept as it is." })
export class AddDebriefNoteInput {
  @IdOf("Application", "Whom the debrief is about.")
  applicationId!: string;

  @Saying("The note.")
  text!: string;
}
