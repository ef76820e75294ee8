import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type EntityManager, In, Not } from "typeorm";
import { type Evidence, pooled, scoreOf } from "../../../src/evaluations/evidence.rules";
import type { Context } from "./context";
import { Evaluation, SkillScore } from "./evaluation.types";
import { Criterion, InterviewSession, Rating, Scorecard } from "./interview.entities";
import { Application, Job, Skill } from "./people.entities";
import { Expectation, RoleProfileVersion, ScorePrior } from "./score.entities";

/** Everything that bears on an application, relation by relation. */
async function evidenceOf(manager: EntityManager, { id, jobId }: Application): Promise<Evidence> {
  const job = await manager.findOneByOrFail(Job, { id: jobId });
  const profile = await manager.findOneByOrFail(RoleProfileVersion, { id: job.profileVersionId });
  const expectations = await manager.find(Expectation, {
    where: { profileVersionId: profile.id },
    order: { position: "ASC" },
  });
  const sessions = await manager.find(InterviewSession, {
    where: { applicationId: id, writtenState: Not(In(["CANCELLED", "NO_SHOW"])) },
  });
  const rubrics = In([...new Set(sessions.map(({ rubricVersionId }) => rubricVersionId))]);
  const criteria = await manager.find(Criterion, { where: { rubricVersionId: rubrics } });
  const cards = await manager.find(Scorecard, {
    where: { sessionId: In(sessions.map((session) => session.id)), state: "SUBMITTED" },
  });
  const ratings = await manager.find(Rating, { where: { scorecardId: In(cards.map((card) => card.id)) } });
  const priors = await manager.find(ScorePrior, { where: { rubricVersionId: rubrics }, order: { number: "ASC" } });
  const newest = new Map(priors.map((prior) => [prior.rubricVersionId, prior]));
  return { profile: { ...profile, expectations }, criteria, cards, ratings, priors: [...newest.values()] };
}

@Resolver(() => Application)
export class ApplicationEvaluationResolver {
  @FieldResolver(() => Evaluation, { nullable: true })
  async evaluation(@Root() application: Application, @Ctx() { runner, loaders }: Context) {
    const evidence = await evidenceOf(runner.manager, application);
    const ids = new Map(pooled(evidence.criteria).map(({ stableId, id }) => [stableId, id]));
    const criterion = (stableId: string) => loaders.criteria.load(ids.get(stableId)!);
    const { criteria, gates, ...score } = scoreOf(evidence);
    return {
      ...score,
      criteria: criteria.map((each) => ({ ...each, criterion: criterion(each.id) })),
      gates: gates.map((each) => ({
        ...each,
        criterion: each.kind === "CRITERION" ? criterion(each.id) : null,
        skill: each.kind === "SKILL" ? loaders.skills.load(each.id) : null,
      })),
    };
  }
}

@Resolver(() => SkillScore)
export class SkillScoreResolver {
  @FieldResolver(() => Skill)
  skill(@Root() { id }: SkillScore, @Ctx() { loaders }: Context) {
    return loaders.skills.load(id);
  }
}
