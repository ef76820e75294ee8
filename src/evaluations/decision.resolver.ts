import { Ctx as Context, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { proposeDecision, recordDecision, reopenDecision } from "./decision.actions";
import type { Decision } from "./decision.entity";
import { ProposeDecisionInput, RecordDecisionInput, ReopenDecisionInput } from "./decision.input";
import { DecisionType, type FrozenScore, FrozenScoreType } from "./decision.type";
import { recomputed } from "./decision-score.actions";
import type { Evaluation } from "./evaluation.actions";
import { EvaluationType } from "./evaluation.type";

const decisionPayload = (mutation: string, description: string) =>
  payloadOf(mutation, "decision", () => DecisionType, description);

const ProposeDecisionPayload = decisionPayload("ProposeDecision", "The decision as proposed.");
const RecordDecisionPayload = decisionPayload("RecordDecision", "The decision as recorded.");
const ReopenDecisionPayload = decisionPayload("ReopenDecision", "The decision as reopened.");

@Resolver(() => DecisionType)
export class DecisionResolver {
  @FieldResolver(() => FrozenScoreType, {
    nullable: true,
    description: "What the score came to when it was recorded; null while PROPOSED.",
  })
  frozenScore(@Root() { score }: Decision): FrozenScore | null {
    return score && { ...score.overall, recommendation: score.recommendation };
  }

  @FieldResolver(() => EvaluationType, {
    complexity: 10,
    nullable: true,
    description:
      "The score explained, computed anew by the method of `methodVersion` from what was frozen, whatever changed since. Null " +
      "while PROPOSED, and where this server does not know that method any more: `frozenScore` stays.",
  })
  evaluation(@Root() decision: Decision): Evaluation | null {
    return recomputed(decision);
  }

  @Mutation(() => ProposeDecisionPayload, {
    description:
      "Proposes what to decide, or changes the proposal. For those who run the hiring and who led one of the interviews, once " +
      "they see the score; also before the debrief opens.",
  })
  proposeDecision(@Context() ctx: Ctx, @Input(() => ProposeDecisionInput) input: ProposeDecisionInput) {
    return payload(ctx, "decision", input, proposeDecision);
  }

  @Mutation(() => RecordDecisionPayload, {
    description:
      "Decides, and freezes what the score was made of: scorecards and sessions of the application stay as they are until the " +
      "decision is reopened. For hiring managers and administrators who see the score; the debrief must be open. To REJECT, it " +
      "is enough that no interview was held and none is to come.",
  })
  recordDecision(@Context() ctx: Ctx, @Input(() => RecordDecisionInput) input: RecordDecisionInput) {
    return payload(ctx, "decision", input, recordDecision);
  }

  @Mutation(() => ReopenDecisionPayload, {
    description:
      "Lets a recorded decision hold no more. It is kept as it was, and the application is ACTIVE again. For hiring managers " +
      "and administrators.",
  })
  reopenDecision(@Context() ctx: Ctx, @Input(() => ReopenDecisionInput) input: ReopenDecisionInput) {
    return payload(ctx, "decision", input, reopenDecision);
  }
}
