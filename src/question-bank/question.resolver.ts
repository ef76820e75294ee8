import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createQuestion, editQuestion } from "./question.actions";
import { Question } from "./question.entity";
import {
  CommentOnQuestionInput,
  CreateQuestionInput,
  DiscardQuestionDraftInput,
  EditQuestionInput,
  RequestQuestionReviewInput,
  RetireQuestionInput,
  ReviewQuestionInput,
} from "./question.input";
import { QuestionType } from "./question.type";
import { QuestionCommentType } from "./question-comment.type";
import {
  commentOnQuestion,
  discardQuestionDraft,
  requestQuestionReview,
  retireQuestion,
  reviewQuestion,
} from "./question-review.actions";

const answerOf = (name: string, description = "The question, as it is now.") =>
  payloadOf(name, "question", () => QuestionType, description);

const CreateQuestionPayload = answerOf("CreateQuestion", "The new question.");
const EditQuestionPayload = answerOf("EditQuestion");
const RequestQuestionReviewPayload = answerOf("RequestQuestionReview");
const ReviewQuestionPayload = answerOf("ReviewQuestion");
const RetireQuestionPayload = answerOf("RetireQuestion");
const DiscardQuestionDraftPayload = answerOf("DiscardQuestionDraft");
const CommentOnQuestionPayload = payloadOf(
  "CommentOnQuestion",
  "comment",
  () => QuestionCommentType,
  "The new remark.",
);

@Resolver(() => QuestionType)
export class QuestionResolver {
  @Query(() => connectionOf(Question), { description: "Questions of all banks, newest first." })
  questions(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Question, args);
  }

  @Mutation(() => CreateQuestionPayload, { description: "Writes a question; its first version is a DRAFT." })
  createQuestion(@Context() ctx: Ctx, @Input(() => CreateQuestionInput) input: CreateQuestionInput) {
    return payload(ctx, "question", input, createQuestion);
  }

  @Mutation(() => EditQuestionPayload, {
    description: "Changes a question's draft; where there is none, makes its next version as a DRAFT.",
  })
  editQuestion(@Context() ctx: Ctx, @Input(() => EditQuestionInput) input: EditQuestionInput) {
    return payload(ctx, "question", input, editQuestion);
  }
}

@Resolver()
export class QuestionReviewResolver {
  @Mutation(() => RequestQuestionReviewPayload, { description: "Hands a question's draft to the reviewers." })
  requestQuestionReview(
    @Context() ctx: Ctx,
    @Input(() => RequestQuestionReviewInput) input: RequestQuestionReviewInput,
  ) {
    return payload(ctx, "question", input, requestQuestionReview);
  }

  @Mutation(() => ReviewQuestionPayload, {
    description: "Publishes the version in review, or returns it to its authors. Nobody reviews what they wrote.",
  })
  reviewQuestion(@Context() ctx: Ctx, @Input(() => ReviewQuestionInput) input: ReviewQuestionInput) {
    return payload(ctx, "question", input, reviewQuestion);
  }

  @Mutation(() => RetireQuestionPayload, { description: "Takes a question's READY version out of use." })
  retireQuestion(@Context() ctx: Ctx, @Input(() => RetireQuestionInput) input: RetireQuestionInput) {
    return payload(ctx, "question", input, retireQuestion);
  }

  @Mutation(() => DiscardQuestionDraftPayload, { description: "Gives up a question's draft; it is kept as RETIRED." })
  discardQuestionDraft(@Context() ctx: Ctx, @Input(() => DiscardQuestionDraftInput) input: DiscardQuestionDraftInput) {
    return payload(ctx, "question", input, discardQuestionDraft);
  }

  @Mutation(() => CommentOnQuestionPayload, { description: "Remarks on a version of a question." })
  commentOnQuestion(@Context() ctx: Ctx, @Input(() => CommentOnQuestionInput) input: CommentOnQuestionInput) {
    return payload(ctx, "comment", input, commentOnQuestion);
  }
}
