import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { saveScorecard, submitScorecard, withdrawScorecard } from "./scorecard.actions";
import { Scorecard } from "./scorecard.entity";
import { SaveScorecardInput, SubmitScorecardInput, WithdrawScorecardInput } from "./scorecard.input";
import { ScorecardType } from "./scorecard.type";

const scorecardPayload = (mutation: string, description: string) =>
  payloadOf(mutation, "scorecard", () => ScorecardType, description);

const SaveScorecardPayload = scorecardPayload("SaveScorecard", "The scorecard as saved.");
const SubmitScorecardPayload = scorecardPayload("SubmitScorecard", "The scorecard as handed in.");
const WithdrawScorecardPayload = scorecardPayload("WithdrawScorecard", "The scorecard as taken back.");

@Resolver()
export class ScorecardResolver {
  @Query(() => connectionOf(Scorecard), {
    description: "Scorecards that you may see, newest first: your own, and others' where blind feedback allows.",
  })
  scorecards(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Scorecard, args);
  }

  @Mutation(() => SaveScorecardPayload, { description: "Begins your scorecard of a session, or carries it on." })
  saveScorecard(@Context() ctx: Ctx, @Input(() => SaveScorecardInput) input: SaveScorecardInput) {
    return payload(ctx, "scorecard", input, saveScorecard);
  }

  @Mutation(() => SubmitScorecardPayload, { description: "Hands in your own scorecard and locks it." })
  submitScorecard(@Context() ctx: Ctx, @Input(() => SubmitScorecardInput) input: SubmitScorecardInput) {
    return payload(ctx, "scorecard", input, submitScorecard);
  }

  @Mutation(() => WithdrawScorecardPayload, { description: "Takes your own scorecard back; it counts no more." })
  withdrawScorecard(@Context() ctx: Ctx, @Input(() => WithdrawScorecardInput) input: WithdrawScorecardInput) {
    return payload(ctx, "scorecard", input, withdrawScorecard);
  }
}
