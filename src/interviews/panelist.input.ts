import { Field, InputType } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Flag, IdOf, Line } from "../platform/graphql/input-fields";
import { SeatEnum } from "./interview-session.type";
import type { InvitationAnswer, Seat } from "./panelist.rules";

@InputType({ description: "A seat on the panel." })
export class PanelistInput {
  @IdOf("Member", "Who sits there.")
  memberId!: string;

  @Field(() => SeatEnum, {
    defaultValue: "INTERVIEWER",
    description: "What the member is there for. Default INTERVIEWER.",
  })
  seat!: Seat;

  @Flag("Whether the session waits for this member's scorecard.", true)
  feedbackRequired!: boolean;
}

@InputType({ description: "A seat to add to the panel of a session." })
export class AddPanelistInput extends PanelistInput {
  @IdOf("InterviewSession", "The session.")
  sessionId!: string;
}

@InputType({ description: "A seat to take away from the panel." })
export class RemovePanelistInput {
  @IdOf("Panelist", "Who shall leave; not yourself.")
  panelistId!: string;

  @Line("Why; kept in the session's history.", { optional: true, max: 500 })
  reason?: string | null;
}

@InputType({ description: "What a panellist is there for from now on. What is left out stays." })
export class EditPanelistInput {
  @IdOf("Panelist", "Whose seat; not your own.")
  panelistId!: string;

  @Field(() => SeatEnum, {
    nullable: true,
    description: "What the member is there for; somebody on the panel stays LEAD or INTERVIEWER.",
  })
  seat?: Seat | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the session waits for this member's scorecard. Once it has begun, `waiveScorecard` lets it be complete without.",
  })
  feedbackRequired?: boolean | null;
}

@InputType({ description: "A seat to give to somebody else." })
export class ReplacePanelistInput extends RemovePanelistInput {
  @IdOf("Member", "Who shall sit there instead.")
  memberId!: string;
}

const InvitationAnswerEnum = enumOf<InvitationAnswer>("InvitationAnswer", "What you can say to an invitation.", {
  ACCEPTED: "You will be there.",
  TENTATIVE: "Perhaps.",
  DECLINED: "You will not be there.",
});

@InputType({ description: "Your answer to the invitation to a session's time." })
export class RespondToInvitationInput {
  @IdOf("Panelist", "Your own seat.")
  panelistId!: string;

  @Field(() => InvitationAnswerEnum, { description: "What you say." })
  response!: InvitationAnswer;

  @Line("What you add to it; the whole panel reads it.", { optional: true, max: 500 })
  note?: string | null;
}
