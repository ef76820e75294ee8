import { Field, InputType } from "type-graphql";
import { Line, Version } from "../platform/graphql/input-fields";
import type { FeedbackVisibility } from "./organization.rules";
import { FeedbackVisibilityEnum } from "./organization.type";

@InputType({
  description: "What your organisation is called and asks of scorecards. What is left out or null stays as it is.",
})
export class UpdateOrganizationSettingsInput {
  @Version("The `version` of the organisation that you read.")
  version!: number;

  @Line("Name of the company.", { optional: true })
  name?: string | null;

  @Field(() => FeedbackVisibilityEnum, {
    nullable: true,
    description: "When a panellist may read the others' submitted scorecards. Holds at once, for every session.",
  })
  feedbackVisibility?: FeedbackVisibility | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a scorecard is handed in only once it says something of every criterion.",
  })
  requireEveryCriterion?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the lowest and the highest value of a scale want evidence.",
  })
  requireEvidenceForExtremes?: boolean | null;
}
