import { Field, InputType } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { IdOf, Prose, Whole } from "../platform/graphql/input-fields";
import { IdsOf, Tags } from "../platform/graphql/input-lists";
import type { Level } from "../skills/level.rules";
import { LevelEnum } from "../skills/level.type";
import type { PublicationState } from "./publication.rules";
import { PublicationStateEnum } from "./publication.type";
import { QuestionKindEnum } from "./question.type";
import type { QuestionKind } from "./question-content.rules";
import type { QuestionOrder, QuestionWishes } from "./question-search.rules";

export const QuestionOrderEnum = enumOf<QuestionOrder>("QuestionOrder", "The order of a search of questions.", {
  RELEVANCE: "How well they fit `text`, the best first. Without a text, NEWEST.",
  NEWEST: "The newest version first.",
  LEAST_USED: "The least used first; of those used as often, the one whose last use is the longest ago.",
});

@InputType({ description: "Which questions to find: those that fulfil everything that is given." })
export class QuestionFilter implements QuestionWishes {
  @Prose(
    'Words in the title, the tags and what is asked: all of them, in any form; `"…"` keeps words together, `or` wants ' +
      "either, `-` leaves out. Where nothing holds them all, words that look alike are found instead.",
    { max: 200, optional: true },
  )
  text?: string | null;

  @IdsOf("Skill", "Skills that it tests: any of these, or of the skills below them.")
  skillIds?: string[] | null;

  @Field(() => [LevelEnum], { nullable: true, description: "Seniority from which it may be asked: any of these." })
  levels?: Level[] | null;

  @Field(() => [QuestionKindEnum], { nullable: true, description: "How it is answered: any of these." })
  kinds?: QuestionKind[] | null;

  @Tags("Labels: any of these.")
  tags?: string[] | null;

  @Field(() => [PublicationStateEnum], { nullable: true, description: "How far the version has come: any of these." })
  states?: PublicationState[] | null;

  @IdOf("QuestionBank", "The bank that holds it.", { optional: true })
  bankId?: string | null;

  @Whole(1, 240, "Least minutes to spend on it.", { optional: true })
  minMinutes?: number | null;

  @Whole(1, 240, "Most minutes to spend on it.", { optional: true })
  maxMinutes?: number | null;
}
