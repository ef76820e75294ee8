import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { InterviewSession, Panelist } from "./interview-session.entity";
import type { SessionState } from "./interview-session.rules";
import type { InvitationResponse, Seat } from "./panelist.rules";

export const SessionStateEnum = enumOf<SessionState>("SessionState", "Where a session stands.", {
  NEEDS_SCHEDULING: "It has no time yet.",
  SCHEDULED: "It has a time, and the time has not come.",
  IN_PROGRESS: "It has begun.",
  AWAITING_FEEDBACK: "It is over, and somebody owes a scorecard.",
  COMPLETE: "Every required scorecard is in or waived.",
  ON_HOLD: "It waits for something.",
  CANCELLED: "It was called off. Scorecards that are in stay, and count nowhere.",
  NO_SHOW: "The candidate did not come. No session becomes so once a scorecard of it is in.",
});

export const SeatEnum = enumOf<Seat>("Seat", "What a panellist is there for.", {
  LEAD: "Runs the interview.",
  INTERVIEWER: "Asks and rates.",
  SHADOW: "Listens and learns.",
});

export const InvitationResponseEnum = enumOf<InvitationResponse>(
  "InvitationResponse",
  "What a panellist says to the invitation.",
  {
    PENDING: "Nothing yet, or not since the time changed.",
    ACCEPTED: "They will be there.",
    TENTATIVE: "Perhaps.",
    DECLINED: "They will not be there: replace them.",
  },
);

type PublishedSession = Pick<
  InterviewSession,
  "id" | "startsAt" | "endsAt" | "timeZone" | "place" | "createdAt" | "version"
>;

@Noun("InterviewSession", "One interview of an application: a copy of its kit, a panel, a time.")
export abstract class InterviewSessionType extends NodeType implements PublishedSession {
  @Field(() => Date, { nullable: true, description: "Start, as an instant; null until scheduled." })
  startsAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "End, as an instant; null until scheduled." })
  endsAt!: Date | null;

  @Field(() => String, { nullable: true, description: "IANA time zone in which people read the times." })
  timeZone!: string | null;

  @Field(() => String, { nullable: true, description: "A room or a link." })
  place!: string | null;

  @Field(() => Date, { description: "When the session was planned." })
  createdAt!: Date;

  @Field(() => Int, { description: "Grows with each change; send it back to change the session." })
  version!: number;
}

type PublishedPanelist = Pick<
  Panelist,
  | "id"
  | "seat"
  | "feedbackRequired"
  | "feedbackGivenAt"
  | "waivedAt"
  | "waivedReason"
  | "response"
  | "respondedAt"
  | "responseNote"
>;

@Noun("Panelist", "A member's seat on the panel of a session.")
export abstract class PanelistType extends NodeType implements PublishedPanelist {
  @Field(() => SeatEnum, { description: "What the member is there for." })
  seat!: Seat;

  @Field(() => Boolean, { description: "Whether the session waits for this member's scorecard." })
  feedbackRequired!: boolean;

  @Field(() => Date, { nullable: true, description: "When the scorecard came in; null while none is in." })
  feedbackGivenAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When the scorecard was waived; null while it is not." })
  waivedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it was waived." })
  waivedReason!: string | null;

  @Field(() => InvitationResponseEnum, { description: "What the member says to the invitation." })
  response!: InvitationResponse;

  @Field(() => Date, { nullable: true, description: "When they said it; null while PENDING." })
  respondedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "What they added to it." })
  responseNote!: string | null;
}
