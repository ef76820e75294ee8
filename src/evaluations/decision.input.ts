import { Field, InputType } from "type-graphql";
import { IdOf, Saying, Version } from "../platform/graphql/input-fields";
import { Parts } from "../platform/graphql/input-lists";
import type { DecisionOutcome } from "./decision.rules";
import { DecisionOutcomeEnum } from "./decision.type";

@InputType({ description: "What you think should be decided." })
export class ProposeDecisionInput {
  @IdOf("Application", "Whom it is about.")
  applicationId!: string;

  @Version("The `version` of the proposal that you read; none where nothing is proposed.", { optional: true })
  version?: number | null;

  @Field(() => DecisionOutcomeEnum, { description: "What it comes to." })
  outcome!: DecisionOutcome;

  @Saying("Why.")
  rationale!: string;

  @Saying(
    "Why it departs from what the score recommends. Recording wants it where it does, and refuses it where not.",
    {
      optional: true,
      max: 5000,
    },
  )
  departureReason?: string | null;
}

@InputType({ description: "That somebody disagrees." })
export class DissentInput {
  @IdOf("Member", "Who: a member who sat on a panel of the application, or runs the hiring.")
  memberId!: string;

  @Saying("Why.", { max: 5000 })
  reason!: string;
}

@InputType({ description: "What is decided. It takes the place of what was proposed." })
export class RecordDecisionInput extends ProposeDecisionInput {
  @Parts(() => DissentInput, "Who disagrees, by name, each once.", { max: 50, optional: true })
  dissents?: DissentInput[] | null;
}

@InputType({ description: "A recorded decision that no longer holds." })
export class ReopenDecisionInput {
  @IdOf("Decision", "The decision.")
  id!: string;

  @Version()
  version!: number;

  @Saying("Why it no longer holds.", { max: 5000 })
  reason!: string;
}
