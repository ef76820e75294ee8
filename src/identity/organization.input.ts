import { Field, InputType } from "type-graphql";
import { Line, Version, Whole } from "../platform/graphql/input-fields";
import { type FeedbackVisibility, LEAST_RETENTION_DAYS, MOST_RETENTION_DAYS } from "./organization.rules";
import { FeedbackVisibilityEnum } from "./organization.type";

@InputType({
  description:
    "What your organisation is called, asks of scorecards and keeps of candidates. What is left out stays as it is, and so does what is null, but for `candidateRetentionDays`.",
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

  @Whole(
    LEAST_RETENTION_DAYS,
    MOST_RETENTION_DAYS,
    "After how many days without anything happening to them candidates are erased, every night, for good; those with an application that is not decided are kept. Null: never. Days:",
    { optional: true },
  )
  candidateRetentionDays?: number | null;
}
