import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import type { QuestionVersion } from "./question.entity";
import { FormattedTextType, GuidanceType, QuestionVersionType } from "./question.type";
import { maySeeKeys } from "./question-bank.policy";
import { type SeenContent, withKey, withoutKey } from "./question-key.rules";
import {
  AcceptedIntervalType,
  AcceptedTextType,
  ChoiceOptionType,
  MatchingPairType,
  MatchingQuestionType,
  MultipleChoiceQuestionType,
  NumericQuestionType,
  ShortTextQuestionType,
  SingleChoiceQuestionType,
  TrueFalseQuestionType,
} from "./question-kind.type";

/** The one way from a version's content to an answer. */
const seenBy = (viewer: Viewer, { content }: QuestionVersion): SeenContent =>
  maySeeKeys(viewer) ? withKey(content) : withoutKey(content);

const KEY = "Null where you may not see the key.";
const FEEDBACK = "Null where there is none, or where you may not see the key.";

@Resolver(() => QuestionVersionType)
export class QuestionKeyResolver {
  @FieldResolver(() => GuidanceType, {
    nullable: true,
    description: "How to judge an answer; null where there is none, or where you may not see it.",
  })
  guidance(@Root() { guidance }: QuestionVersion, @Context() { viewer }: Ctx) {
    return maySeeKeys(viewer) ? guidance : null;
  }

  @FieldResolver(() => FormattedTextType, {
    nullable: true,
    description: "Shown after the answer, whatever it was; null where there is none, or where you may not see the key.",
  })
  generalFeedback(@Root() { generalFeedback }: QuestionVersion, @Context() { viewer }: Ctx) {
    return maySeeKeys(viewer) ? generalFeedback : null;
  }
}

@Resolver(() => SingleChoiceQuestionType)
export class SingleChoiceResolver {
  @FieldResolver(() => [ChoiceOptionType], { description: "The options, in order; exactly one earns full credit." })
  options(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).options;
  }
}

@Resolver(() => MultipleChoiceQuestionType)
export class MultipleChoiceResolver {
  @FieldResolver(() => [ChoiceOptionType], {
    description: "The options, in order; the credits above 0 add up to all of it.",
  })
  options(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).options;
  }
}

@Resolver(() => TrueFalseQuestionType)
export class TrueFalseResolver {
  @FieldResolver(() => Boolean, { nullable: true, description: `The right answer. ${KEY}` })
  answer(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).answer;
  }

  @FieldResolver(() => FormattedTextType, {
    nullable: true,
    description: `Shown to somebody who answered true. ${FEEDBACK}`,
  })
  feedbackWhenTrue(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).feedbackWhenTrue;
  }

  @FieldResolver(() => FormattedTextType, {
    nullable: true,
    description: `Shown to somebody who answered false. ${FEEDBACK}`,
  })
  feedbackWhenFalse(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).feedbackWhenFalse;
  }
}

@Resolver(() => ShortTextQuestionType)
export class ShortTextResolver {
  @FieldResolver(() => [AcceptedTextType], { nullable: true, description: `Answers that earn credit. ${KEY}` })
  accepted(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).acceptedTexts;
  }
}

@Resolver(() => NumericQuestionType)
export class NumericResolver {
  @FieldResolver(() => [AcceptedIntervalType], {
    nullable: true,
    description: `Numbers that earn credit; where they overlap, the best counts. ${KEY}`,
  })
  accepted(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).acceptedIntervals;
  }

  @FieldResolver(() => FormattedTextType, { nullable: true, description: `Shown for any other number. ${FEEDBACK}` })
  feedbackOtherwise(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).feedbackOtherwise;
  }
}

@Resolver(() => MatchingQuestionType)
export class MatchingResolver {
  @FieldResolver(() => [FormattedTextType], { description: "What is to be matched." })
  prompts(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).prompts;
  }

  @FieldResolver(() => [String], { description: "What may belong to the prompts, each once, in alphabetical order." })
  answers(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).answers;
  }

  @FieldResolver(() => [MatchingPairType], { nullable: true, description: `What belongs together. ${KEY}` })
  pairs(@Root() version: QuestionVersion, @Context() { viewer }: Ctx) {
    return seenBy(viewer, version).pairs;
  }
}
