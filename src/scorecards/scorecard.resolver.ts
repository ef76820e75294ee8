import { Ctx as Context, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { amendScorecard, saveScorecard, submitScorecard, withdrawScorecard } from "./scorecard.actions";
import type { Scorecard } from "./scorecard.entity";
import {
  AmendScorecardInput,
  SaveScorecardInput,
  SubmitScorecardInput,
  WithdrawScorecardInput,
} from "./scorecard.input";
import { ScorecardType } from "./scorecard.type";

const scorecardPayload = (mutation: string, description: string) =>
  payloadOf(mutation, "scorecard", () => ScorecardType, description);

const SaveScorecardPayload = scorecardPayload("SaveScorecard", "The scorecard as saved.");
const SubmitScorecardPayload = scorecardPayload("SubmitScorecard", "The scorecard as handed in.");
const AmendScorecardPayload = scorecardPayload("AmendScorecard", "The new revision, which counts from now on.");
const WithdrawScorecardPayload = scorecardPayload("WithdrawScorecard", "The scorecard as taken back.");

@Resolver(() => ScorecardType)
export class ScorecardResolver {
  @FieldResolver(() => Boolean, { description: "Whether a key wrote it on the interviewer's behalf." })
  enteredByKey(@Root() { enteredByKeyId }: Scorecard): boolean {
    return enteredByKeyId !== null;
  }

  @Mutation(() => SaveScorecardPayload, {
    description: "Begins your scorecard of a session, or carries it on. With a key: that of the member whom it names.",
  })
  saveScorecard(@Context() ctx: Ctx, @Input(() => SaveScorecardInput) input: SaveScorecardInput) {
    return payload(ctx, "scorecard", input, saveScorecard);
  }

  @Mutation(() => SubmitScorecardPayload, {
    description: "Hands in your own scorecard and locks it. With a key: one that it entered.",
  })
  submitScorecard(@Context() ctx: Ctx, @Input(() => SubmitScorecardInput) input: SubmitScorecardInput) {
    return payload(ctx, "scorecard", input, submitScorecard);
  }

  @Mutation(() => AmendScorecardPayload, {
    description:
      "Replaces your own submitted scorecard, or one that the key entered, by a new revision; the one before is kept as AMENDED.",
  })
  amendScorecard(@Context() ctx: Ctx, @Input(() => AmendScorecardInput) input: AmendScorecardInput) {
    return payload(ctx, "scorecard", input, amendScorecard);
  }

  @Mutation(() => WithdrawScorecardPayload, {
    description: "Takes your own scorecard back, or one that the key entered; it counts no more.",
  })
  withdrawScorecard(@Context() ctx: Ctx, @Input(() => WithdrawScorecardInput) input: WithdrawScorecardInput) {
    return payload(ctx, "scorecard", input, withdrawScorecard);
  }
}
