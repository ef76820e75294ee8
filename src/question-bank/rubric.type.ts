import { Field, ID, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { PublicationState } from "./publication.rules";
import { PublicationStateEnum } from "./publication.type";
import type { Anchor, Criterion, Rubric, RubricVersion } from "./rubric.entity";
import type { GateRule } from "./rubric.rules";

export const GateRuleEnum = enumOf<GateRule>("GateRule", "How ratings must reach a gate.", {
  MEAN: "The mean of the ratings must reach it.",
  ANY: "Every single rating must reach it.",
});

type PublishedRubric = Pick<Rubric, "id" | "name" | "externalKey" | "version">;

@Noun("Rubric", "A way of rating what a candidate shows. Its criteria stand in its versions.")
export abstract class RubricType extends NodeType implements PublishedRubric {
  @Field(() => String, { description: "Name of the rubric; unique in the organisation." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the rubric is called in files and elsewhere; an import updates by it. Null: made here.",
  })
  externalKey!: string | null;

  @Field(() => Int, { description: "Grows with each change of the rubric: pass it to the next one." })
  version!: number;
}

type PublishedVersion = Pick<RubricVersion, "id" | "number" | "state" | "createdAt">;

@Noun(
  "RubricVersion",
  "A rubric at one time. Never changes from the moment that it is READY, and neither do its criteria and anchors.",
)
export abstract class RubricVersionType extends NodeType implements PublishedVersion {
  @Field(() => Int, { description: "1, 2, 3 … within the rubric." })
  number!: number;

  @Field(() => PublicationStateEnum, {
    description: "How far the version has come; interviews are rated by READY ones.",
  })
  state!: PublicationState;

  @Field(() => Date, { description: "When the version was made." })
  createdAt!: Date;
}

type PublishedCriterion = Pick<
  Criterion,
  "id" | "stableId" | "key" | "name" | "weight" | "scaleMin" | "scaleMax" | "gateMin" | "gateRule"
>;

@Noun("Criterion", "One thing that is rated, on a scale whose values are anchored in behaviour.")
export abstract class CriterionType extends NodeType implements PublishedCriterion {
  @Field(() => ID, {
    description: "The same over versions of the rubric while the scale is the same: ratings under it are pooled.",
  })
  stableId!: string;

  @Field(() => String, { description: "What people call it in files; unique within the version." })
  key!: string;

  @Field(() => String, { description: "Name for people." })
  name!: string;

  @Field(() => Int, { description: "Relative weight within the skill, 0 or more." })
  weight!: number;

  @Field(() => Int, { description: "Lowest value of the scale." })
  scaleMin!: number;

  @Field(() => Int, { description: "Highest value of the scale." })
  scaleMax!: number;

  @Field(() => Int, { nullable: true, description: "Least rating, on the scale; null: no gate." })
  gateMin!: number | null;

  @Field(() => GateRuleEnum, { nullable: true, description: "How ratings must reach the gate; null: no gate." })
  gateRule!: GateRule | null;
}

type PublishedAnchor = Pick<Anchor, "id" | "value" | "label" | "behaviour">;

@Noun("Anchor", "What an interviewer can observe at one value of a scale.")
export abstract class AnchorType extends NodeType implements PublishedAnchor {
  @Field(() => Int, { description: "Value on the criterion's scale." })
  value!: number;

  @Field(() => String, { description: "The value in a word or two." })
  label!: string;

  @Field(() => String, { description: "Observable behaviour." })
  behaviour!: string;
}
