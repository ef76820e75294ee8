import { Field, InputType } from "type-graphql";
import { Flag, IdOf, Line, Parts, Version } from "../platform/graphql/input-fields";
import type { SessionState } from "./interview-session.rules";
import { SeatEnum, SessionStateEnum } from "./interview-session.type";
import type { Seat } from "./panelist.rules";

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

@InputType({ description: "A time and a place." })
abstract class SlotInput {
  @Field(() => Date, {
    nullable: true,
    description: "Start, as an instant with its offset, such as 2026-11-20T14:00:00+01:00.",
  })
  startsAt?: Date | null;

  @Field(() => Date, { nullable: true, description: "End, after the start." })
  endsAt?: Date | null;

  @Line("IANA time zone in which people read the times, such as Europe/Zurich.", { optional: true, max: 64 })
  timeZone?: string | null;

  @Line("A room or a link.", { optional: true, max: 500 })
  place?: string | null;
}

@InputType({ description: "An interview to plan. Without start, end and zone it needs scheduling." })
export class PlanInterviewSessionInput extends SlotInput {
  @IdOf("Application", "Whom it is about.")
  applicationId!: string;

  @IdOf("InterviewKit", "What to ask and how to rate it; copied, so that later changes of the kit change nothing here.")
  kitId!: string;

  @Parts(() => PanelistInput, "Who interviews, in order.", { min: 1, max: 20 })
  panel!: PanelistInput[];
}

@InputType({ description: "A time for a session, whether its first or a new one." })
export class ScheduleInterviewSessionInput extends SlotInput {
  @IdOf("InterviewSession", "The session.")
  id!: string;

  @Version()
  version!: number;
}

@InputType({ description: "A move of a session to another state." })
export class MoveInterviewSessionInput {
  @IdOf("InterviewSession", "The session.")
  id!: string;

  @Version()
  version!: number;

  @Field(() => SessionStateEnum, {
    description:
      "Where to: begin, end, hold, call off. Use `scheduleInterviewSession` for SCHEDULED; COMPLETE follows from the scorecards.",
  })
  to!: SessionState;
}

@InputType({ description: "A scorecard that the session need not wait for." })
export class WaiveScorecardInput {
  @IdOf("Panelist", "Whose scorecard.")
  panelistId!: string;

  @Line("Why it is not needed.", { max: 500 })
  reason!: string;
}
