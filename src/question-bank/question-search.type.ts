import { Field, Int } from "type-graphql";
import { Value } from "../platform/graphql/node";
import type { Level } from "../skills/level.rules";
import { LevelEnum } from "../skills/level.type";
import type { PublicationState } from "./publication.rules";
import { PublicationStateEnum } from "./publication.type";
import { QuestionKindEnum } from "./question.type";
import type { QuestionKind } from "./question-content.rules";

const COUNT = "How many versions the search would find with it.";

@Value("QuestionSearch", "What a search of questions finds. Each part is read only when it is asked for.")
export abstract class QuestionSearchType {}

@Value(
  "QuestionFacets",
  "What could narrow the search, the most frequent first. Each list counts under everything that was asked for but its own filter.",
)
export abstract class QuestionFacetsType {}

@Value("SkillCount", "How many versions found test a skill, or one below it.")
export abstract class SkillCountType {
  @Field(() => Int, { description: COUNT })
  count!: number;
}

@Value("LevelCount", "How many versions found are of a level.")
export abstract class LevelCountType {
  @Field(() => LevelEnum, { description: "The level." })
  level!: Level;

  @Field(() => Int, { description: COUNT })
  count!: number;
}

@Value("KindCount", "How many versions found are answered in one way.")
export abstract class KindCountType {
  @Field(() => QuestionKindEnum, { description: "The kind." })
  kind!: QuestionKind;

  @Field(() => Int, { description: COUNT })
  count!: number;
}

@Value("TagCount", "How many versions found carry a label.")
export abstract class TagCountType {
  @Field(() => String, { description: "The label." })
  tag!: string;

  @Field(() => Int, { description: COUNT })
  count!: number;
}

@Value("StateCount", "How many versions found have come as far.")
export abstract class StateCountType {
  @Field(() => PublicationStateEnum, { description: "The state." })
  state!: PublicationState;

  @Field(() => Int, { description: COUNT })
  count!: number;
}
