import { Args, Ctx as Context, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import {
  moveInterviewSession,
  planInterviewSession,
  scheduleInterviewSession,
  waiveScorecard,
} from "./interview-session.actions";
import { InterviewSession } from "./interview-session.entity";
import {
  MoveInterviewSessionInput,
  PlanInterviewSessionInput,
  ScheduleInterviewSessionInput,
  WaiveScorecardInput,
} from "./interview-session.input";
import { type SessionState, stateAt } from "./interview-session.rules";
import { InterviewSessionType, SessionStateEnum } from "./interview-session.type";

const sessionPayload = (mutation: string, description: string) =>
  payloadOf(mutation, "interviewSession", () => InterviewSessionType, description);

const PlanInterviewSessionPayload = sessionPayload("PlanInterviewSession", "The new session.");
const ScheduleInterviewSessionPayload = sessionPayload("ScheduleInterviewSession", "The session with its time.");
const MoveInterviewSessionPayload = sessionPayload("MoveInterviewSession", "The session as it stands now.");
const WaiveScorecardPayload = sessionPayload("WaiveScorecard", "The session as it stands now.");

@Resolver(() => InterviewSessionType)
export class InterviewSessionResolver {
  @Query(() => connectionOf(InterviewSession), {
    description: "Sessions that you may see, newest first.",
  })
  interviewSessions(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, InterviewSession, args);
  }

  @FieldResolver(() => SessionStateEnum, { description: "Where the session stands at this moment." })
  state(@Root() session: InterviewSession, @Context() { now }: Ctx): SessionState {
    return stateAt(session, now);
  }

  @Mutation(() => PlanInterviewSessionPayload, { description: "Plans an interview from a kit, with its panel." })
  planInterviewSession(@Context() ctx: Ctx, @Input(() => PlanInterviewSessionInput) input: PlanInterviewSessionInput) {
    return payload(ctx, "interviewSession", input, planInterviewSession);
  }

  @Mutation(() => ScheduleInterviewSessionPayload, { description: "Gives a session its time, or another one." })
  scheduleInterviewSession(
    @Context() ctx: Ctx,
    @Input(() => ScheduleInterviewSessionInput) input: ScheduleInterviewSessionInput,
  ) {
    return payload(ctx, "interviewSession", input, scheduleInterviewSession);
  }

  @Mutation(() => MoveInterviewSessionPayload, { description: "Begins, ends, holds or calls off a session." })
  moveInterviewSession(@Context() ctx: Ctx, @Input(() => MoveInterviewSessionInput) input: MoveInterviewSessionInput) {
    return payload(ctx, "interviewSession", input, moveInterviewSession);
  }

  @Mutation(() => WaiveScorecardPayload, { description: "Lets a session be complete without somebody's scorecard." })
  waiveScorecard(@Context() ctx: Ctx, @Input(() => WaiveScorecardInput) input: WaiveScorecardInput) {
    return payload(ctx, "interviewSession", input, waiveScorecard);
  }
}
