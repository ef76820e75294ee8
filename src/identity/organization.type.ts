import { Field } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Organization } from "./organization.entity";
import type { FeedbackVisibility } from "./organization.rules";

const FeedbackVisibilityEnum = enumOf<FeedbackVisibility>(
  "FeedbackVisibility",
  "When a panellist may read the others' submitted scorecards of a session.",
  {
    NEVER: "Not at all.",
    AFTER_OWN_SUBMISSION: "Once the panellist's own scorecard is in.",
    ALWAYS: "As soon as they are submitted.",
  },
);

type Published = Pick<Organization, "id" | "name" | "feedbackVisibility">;

@Noun("Organization", "A company that hires. Nothing of one is ever seen by another.")
export abstract class OrganizationType extends NodeType implements Published {
  @Field(() => String, { description: "Name of the company." })
  name!: string;

  @Field(() => FeedbackVisibilityEnum, { description: "The rule for blind feedback." })
  feedbackVisibility!: FeedbackVisibility;
}
