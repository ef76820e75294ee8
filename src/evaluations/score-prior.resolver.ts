import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { renewScorePrior } from "./score-prior.actions";
import { RenewScorePriorInput } from "./score-prior.input";
import { ScorePriorType } from "./score-prior.type";

const RenewScorePriorPayload = payloadOf("RenewScorePrior", "scorePrior", () => ScorePriorType, "The newest estimate.");

@Resolver()
export class ScorePriorResolver {
  @Mutation(() => RenewScorePriorPayload, {
    complexity: 100,
    description:
      "Estimates anew how far single raters of a rubric version are apart, from its COMPLETE sessions. Scores lean on it " +
      "from then on; the estimate before is kept. Answers the newest estimate where nothing is new since; where fewer than " +
      "five panels are, it is refused, so that no two estimates tell of one panel.",
  })
  renewScorePrior(@Context() ctx: Ctx, @Input(() => RenewScorePriorInput) input: RenewScorePriorInput) {
    return payload(ctx, "scorePrior", input, renewScorePrior);
  }
}
