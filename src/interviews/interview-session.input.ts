import { Field, InputType } from "type-graphql";
import { IdOf, Line, Version } from "../platform/graphql/input-fields";
import { Parts } from "../platform/graphql/input-lists";
import type { SessionState } from "./interview-session.rules";
import { SessionStateEnum } from "./interview-session.type";
import { PanelistInput } from "./panelist.input";
import { MOST_PANELISTS } from "./panelist.rules";
import { SlotInput } from "./schedule.input";

@InputType({ description: "An interview to plan. Without start, end and zone it needs scheduling." })
export class PlanInterviewSessionInput extends SlotInput {
  @IdOf("Application", "Whom it is about.")
  applicationId!: string;

  @IdOf("InterviewKit", "What to ask and how to rate it; copied, so that later changes of the kit change nothing here.")
  kitId!: string;

  @Parts(() => PanelistInput, "Who interviews, in order; not shadows alone.", { min: 1, max: MOST_PANELISTS })
  panel!: PanelistInput[];
}

@InputType({
  description:
    "A time for a session, whether its first or a new one. A `place` that is left out stays; null takes it away.",
})
export class ScheduleInterviewSessionInput extends SlotInput {
  @IdOf("InterviewSession", "The session.")
  id!: string;

  @Version()
  version!: number;

  @Line("Why; needed where the session has a time and gets another one.", { optional: true, max: 500 })
  reason?: string | null;
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

  @Line("Why; kept in the session's history.", { optional: true, max: 500 })
  reason?: string | null;
}

@InputType({ description: "A scorecard that the session need not wait for." })
export class WaiveScorecardInput {
  @IdOf("Panelist", "Whose scorecard.")
  panelistId!: string;

  @Line("Why it is not needed.", { max: 500 })
  reason!: string;
}
