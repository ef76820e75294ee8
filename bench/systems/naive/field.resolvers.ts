import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { stateAt } from "../../../src/interviews/interview-session.rules";
import type { Context } from "./context";
import { Criterion, InterviewSession, Panelist, Rating, Scorecard } from "./interview.entities";
import { QuestionConnection, StandingConnection, StandingOrder } from "./pages.types";
import { Application, Candidate, Job, Member, Skill } from "./people.entities";
import { Question, QuestionVersion } from "./question.entities";
import { Standing } from "./score.entities";

@Resolver(() => InterviewSession)
export class InterviewSessionResolver {
  @FieldResolver(() => String)
  state(@Root() { writtenState: state, startsAt, endsAt, feedbackOwed }: InterviewSession): string {
    return stateAt({ state, startsAt, endsAt, feedbackOwed }, new Date());
  }

  @FieldResolver(() => Application)
  application(@Root() { applicationId }: InterviewSession, @Ctx() { loaders }: Context) {
    return loaders.applications.load(applicationId);
  }

  @FieldResolver(() => [Panelist])
  panel(@Root() { id }: InterviewSession, @Ctx() { loaders }: Context) {
    return loaders.panels.load(id);
  }

  @FieldResolver(() => [Scorecard])
  scorecards(@Root() { id }: InterviewSession, @Ctx() { loaders }: Context) {
    return loaders.scorecards.load(id);
  }
}

@Resolver(() => Application)
export class ApplicationResolver {
  @FieldResolver(() => Candidate, { nullable: true })
  candidate(@Root() { candidateId }: Application, @Ctx() { loaders }: Context) {
    return loaders.candidates.load(candidateId);
  }

  @FieldResolver(() => Job)
  job(@Root() { jobId }: Application, @Ctx() { loaders }: Context) {
    return loaders.jobs.load(jobId);
  }
}

@Resolver(() => Panelist)
export class PanelistResolver {
  @FieldResolver(() => Member)
  member(@Root() { memberId }: Panelist, @Ctx() { loaders }: Context) {
    return loaders.members.load(memberId);
  }
}

@Resolver(() => Scorecard)
export class ScorecardResolver {
  @FieldResolver(() => Member)
  interviewer(@Root() { interviewerId }: Scorecard, @Ctx() { loaders }: Context) {
    return loaders.members.load(interviewerId);
  }

  @FieldResolver(() => [Rating])
  ratings(@Root() { id }: Scorecard, @Ctx() { loaders }: Context) {
    return loaders.ratings.load(id);
  }

  @FieldResolver(() => InterviewSession)
  session(@Root() { sessionId }: Scorecard, @Ctx() { loaders }: Context) {
    return loaders.sessions.load(sessionId);
  }
}

@Resolver(() => Rating)
export class RatingResolver {
  @FieldResolver(() => Criterion)
  criterion(@Root() { criterionId }: Rating, @Ctx() { loaders }: Context) {
    return loaders.criteria.load(criterionId);
  }
}

@Resolver(() => Criterion)
export class CriterionResolver {
  @FieldResolver(() => Skill)
  skill(@Root() { skillId }: Criterion, @Ctx() { loaders }: Context) {
    return loaders.skills.load(skillId);
  }
}

@Resolver(() => Question)
export class QuestionResolver {
  @FieldResolver(() => QuestionVersion)
  async current(@Root() { id }: Question, @Ctx() { loaders }: Context) {
    const versions = await loaders.versions.load(id);
    return versions.find(({ state }) => state === "READY") ?? versions.at(-1);
  }
}

@Resolver(() => QuestionConnection)
export class QuestionConnectionResolver {
  @FieldResolver(() => Int)
  totalCount(@Ctx() { runner }: Context): Promise<number> {
    return runner.manager.count(Question);
  }
}

@Resolver(() => Job)
export class JobResolver {
  @FieldResolver(() => StandingConnection)
  async standings(
    @Root() { id: jobId }: Job,
    @Arg("first", () => Int) first: number,
    @Arg("orderBy", () => StandingOrder, { nullable: true }) _orderBy: StandingOrder | null,
    @Ctx() { runner }: Context,
  ): Promise<StandingConnection> {
    const order = { score: { direction: "DESC", nulls: "LAST" }, id: "DESC" } as const;
    return { nodes: await runner.manager.find(Standing, { where: { jobId }, order, take: first }) };
  }
}

@Resolver(() => Standing)
export class StandingResolver {
  @FieldResolver(() => Application)
  application(@Root() { applicationId }: Standing, @Ctx() { loaders }: Context) {
    return loaders.applications.load(applicationId);
  }
}
