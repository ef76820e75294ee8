import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Organization } from "./organization.entity";
import type { FeedbackVisibility } from "./organization.rules";

export const FeedbackVisibilityEnum = enumOf<FeedbackVisibility>(
  "FeedbackVisibility",
  "When a panellist may read the others' submitted scorecards of a session.",
  {
    NEVER: "Not at all.",
    AFTER_OWN_SUBMISSION: "Once the panellist's own scorecard is in.",
    ALWAYS: "As soon as they are submitted.",
  },
);

type Published = Pick<
  Organization,
  | "id"
  | "name"
  | "feedbackVisibility"
  | "requireEveryCriterion"
  | "requireEvidenceForExtremes"
  | "candidateRetentionDays"
  | "version"
>;

@Noun("Organization", "A company that hires. Nothing of one is ever seen by another.")
export abstract class OrganizationType extends NodeType implements Published {
  @Field(() => String, { description: "Name of the company." })
  name!: string;

  @Field(() => FeedbackVisibilityEnum, { description: "The rule for blind feedback." })
  feedbackVisibility!: FeedbackVisibility;

  @Field(() => Boolean, {
    description: "Whether a scorecard is handed in only once it says something of every criterion.",
  })
  requireEveryCriterion!: boolean;

  @Field(() => Boolean, { description: "Whether the lowest and the highest value of a scale want evidence." })
  requireEvidenceForExtremes!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      "Candidates without an undecided application are erased so many days after the last that happened to them; null: never.",
  })
  candidateRetentionDays!: number | null;

  @Field(() => Int, { description: "Grows with each change; send it back to change the settings." })
  version!: number;
}
