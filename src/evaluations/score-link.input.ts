import { InputType } from "type-graphql";
import { IdOf, Whole } from "../platform/graphql/input-fields";

@InputType({ description: "A link to the picture of an application's score." })
export class CreateScoreLinkInput {
  @IdOf("Application", "Whose score it shows; you see it yourself.")
  applicationId!: string;

  @Whole(1, 90, "Days until it stops working; 14 if left out.", { optional: true })
  expiresInDays?: number | null;
}

@InputType({ description: "The link to revoke." })
export class RevokeScoreLinkInput {
  @IdOf("ScoreLink", "The link.")
  id!: string;
}
