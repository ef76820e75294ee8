import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Application } from "../candidates/application.entity";
import { ApplicationType } from "../candidates/application.type";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { ScorePrior } from "./score-prior.entity";
import { ScorePriorType } from "./score-prior.type";
import { standingOf } from "./standing.actions";
import type { Standing } from "./standing.entity";
import { StandingType } from "./standing.type";

@Resolver(() => ApplicationType)
export class ApplicationStandingResolver {
  @FieldResolver(() => StandingType, {
    nullable: true,
    description:
      "What the evaluation came to when it was last refreshed, seconds after each change. Null while the score is kept " +
      "from you, and in the seconds before the first refresh.",
  })
  standing(@Root() { id }: Application, @Context() ctx: Ctx): Promise<Standing | null> {
    return standingOf(ctx, id);
  }
}

@Resolver(() => StandingType)
export class StandingResolver {
  @FieldResolver(() => [ScorePriorType], {
    description:
      "The estimates of the raters' spread that the probability and the interval lean on; empty without history.",
  })
  priors(@Root() { priorIds }: Standing, @Context() { db }: Ctx) {
    return Promise.all(priorIds.map((id) => byId(db, ScorePrior, id)));
  }
}
