import { Ctx as Context, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { moveInterviewSession, planInterviewSession, waiveScorecard } from "./interview-session.actions";
import type { InterviewSession } from "./interview-session.entity";
import {
  MoveInterviewSessionInput,
  PlanInterviewSessionInput,
  ScheduleInterviewSessionInput,
  WaiveScorecardInput,
} from "./interview-session.input";
import { type SessionState, stateAt } from "./interview-session.rules";
import { InterviewSessionType, SessionStateEnum } from "./interview-session.type";
import { scheduleInterviewSession } from "./schedule.actions";

const sessionPayload = (mutation: string, description: string) =>
  payloadOf(mutation, "interviewSession", () => InterviewSessionType, description);

const PlanInterviewSessionPayload = sessionPayload("PlanInterviewSession", "The new session.");
const ScheduleInterviewSessionPayload = sessionPayload("ScheduleInterviewSession", "The session with its time.");
const MoveInterviewSessionPayload = sessionPayload("MoveInterviewSession", "The session as it stands now.");
const WaiveScorecardPayload = sessionPayload("WaiveScorecard", "The session as it stands now.");

@Resolver(() => InterviewSessionType)
export class InterviewSessionResolver {
  @FieldResolver(() => SessionStateEnum, { description: "Where the session stands at this moment." })
  state(@Root() session: InterviewSession, @Context() { now }: Ctx): SessionState {
    return stateAt(session, now);
  }

  @Mutation(() => PlanInterviewSessionPayload, { description: "Plans an interview from a kit, with its panel." })
  planInterviewSession(@Context() ctx: Ctx, @Input(() => PlanInterviewSessionInput) input: PlanInterviewSessionInput) {
    return payload(ctx, "interviewSession", input, planInterviewSession);
  }

  @Mutation(() => ScheduleInterviewSessionPayload, {
    description: "Gives a session its time, or another one; also once it has begun, until a scorecard of it is in.",
  })
  scheduleInterviewSession(
    @Context() ctx: Ctx,
    @Input(() => ScheduleInterviewSessionInput) input: ScheduleInterviewSessionInput,
  ) {
    return payload(ctx, "interviewSession", input, scheduleInterviewSession);
  }

  @Mutation(() => MoveInterviewSessionPayload, {
    description:
      "Begins, ends, holds or calls off a session. Scorecards of a session that is called off stay, and count nowhere.",
  })
  moveInterviewSession(@Context() ctx: Ctx, @Input(() => MoveInterviewSessionInput) input: MoveInterviewSessionInput) {
    return payload(ctx, "interviewSession", input, moveInterviewSession);
  }

  @Mutation(() => WaiveScorecardPayload, { description: "Lets a session be complete without somebody's scorecard." })
  waiveScorecard(@Context() ctx: Ctx, @Input(() => WaiveScorecardInput) input: WaiveScorecardInput) {
    return payload(ctx, "interviewSession", input, waiveScorecard);
  }
}
