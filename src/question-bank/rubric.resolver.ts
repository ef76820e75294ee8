import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createRubric, editRubric } from "./rubric.actions";
import { Rubric } from "./rubric.entity";
import {
  CreateRubricInput,
  DiscardRubricDraftInput,
  EditRubricInput,
  RequestRubricReviewInput,
  RetireRubricInput,
  ReviewRubricInput,
} from "./rubric.input";
import { RubricType } from "./rubric.type";
import { discardRubricDraft, requestRubricReview, retireRubric, reviewRubric } from "./rubric-review.actions";

const answerOf = (name: string, description = "The rubric, as it is now.") =>
  payloadOf(name, "rubric", () => RubricType, description);

const CreateRubricPayload = answerOf("CreateRubric", "The new rubric.");
const EditRubricPayload = answerOf("EditRubric");
const RequestRubricReviewPayload = answerOf("RequestRubricReview");
const ReviewRubricPayload = answerOf("ReviewRubric");
const RetireRubricPayload = answerOf("RetireRubric");
const DiscardRubricDraftPayload = answerOf("DiscardRubricDraft");

@Resolver(() => RubricType)
export class RubricResolver {
  @Query(() => connectionOf(Rubric), { description: "Rubrics, by name." })
  rubrics(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Rubric, args);
  }

  @Mutation(() => CreateRubricPayload, { description: "Makes a rubric; its first version is a DRAFT." })
  createRubric(@Context() ctx: Ctx, @Input(() => CreateRubricInput) input: CreateRubricInput) {
    return payload(ctx, "rubric", input, createRubric);
  }

  @Mutation(() => EditRubricPayload, {
    description: "Changes a rubric's draft; where there is none, makes its next version as a DRAFT.",
  })
  editRubric(@Context() ctx: Ctx, @Input(() => EditRubricInput) input: EditRubricInput) {
    return payload(ctx, "rubric", input, editRubric);
  }
}

@Resolver()
export class RubricReviewResolver {
  @Mutation(() => RequestRubricReviewPayload, {
    description:
      "Hands a rubric's draft to the reviewers. Where it is RUBRIC_UNFINISHED, `field` leads to the place in the input of `editRubric`.",
  })
  requestRubricReview(@Context() ctx: Ctx, @Input(() => RequestRubricReviewInput) input: RequestRubricReviewInput) {
    return payload(ctx, "rubric", input, requestRubricReview);
  }

  @Mutation(() => ReviewRubricPayload, {
    description: "Publishes the version in review, or returns it to its authors. Nobody reviews what they wrote.",
  })
  reviewRubric(@Context() ctx: Ctx, @Input(() => ReviewRubricInput) input: ReviewRubricInput) {
    return payload(ctx, "rubric", input, reviewRubric);
  }

  @Mutation(() => RetireRubricPayload, { description: "Takes a rubric's READY version out of use." })
  retireRubric(@Context() ctx: Ctx, @Input(() => RetireRubricInput) input: RetireRubricInput) {
    return payload(ctx, "rubric", input, retireRubric);
  }

  @Mutation(() => DiscardRubricDraftPayload, { description: "Gives up a rubric's draft; it is kept as RETIRED." })
  discardRubricDraft(@Context() ctx: Ctx, @Input(() => DiscardRubricDraftInput) input: DiscardRubricDraftInput) {
    return payload(ctx, "rubric", input, discardRubricDraft);
  }
}
