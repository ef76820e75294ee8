import { Field, Float, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import type { DebriefTopic, TopicKind } from "./debrief-topic.rules";
import type { Interval } from "./uncertainty.rules";
import { IntervalType } from "./uncertainty.type";

const TopicKindEnum = enumOf<TopicKind>(
  "DebriefTopicKind",
  "Why something should be talked about, most pressing first.",
  {
    FAILED_GATE: "A gate failed: no strength elsewhere makes up for it. `found` missed `bound`, on the gate's scale.",
    UNRESOLVED_GATE: "Nothing was rated that could be held against a gate of `bound`.",
    DISAGREEMENT:
      "Raters of a criterion lie far apart: `found` is their mean distance from their mean on its own scale, and more than " +
      "`bound` is too far. `effect` says how much of the score hangs on it.",
    OPPOSED_RECOMMENDATIONS: "Some recommend to hire and some not to: `inFavour` and `against`.",
    LOW_COVERAGE:
      "Too little was observed, of the profile or of a skill: `found` of what counts, where the profile wants `bound`; both 0 to 1.",
    BORDERLINE_SCORE:
      "The interval of the score `found` holds both failing and passing scores around the pass mark `bound`.",
  },
);

type Published = Omit<DebriefTopic, "criterionId" | "skillId">;

@Value("DebriefTopic", "Something to talk about, with the numbers that say so.")
export abstract class DebriefTopicType implements Published {
  @Field(() => TopicKindEnum, { description: "Why it should be talked about." })
  kind!: TopicKind;

  @Field(() => String, { description: "The reason as a sentence, with its numbers rounded; names nobody." })
  why!: string;

  @Field(() => Float, {
    nullable: true,
    description: "What is held against `bound`, in the unit that `kind` tells; null where there is no such number.",
  })
  found!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "The limit, in the unit that `kind` tells; null where there is none.",
  })
  bound!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Points of the overall score that hang on a DISAGREEMENT; null for other kinds.",
  })
  effect!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Scorecards that recommend to hire; null but for OPPOSED_RECOMMENDATIONS.",
  })
  inFavour!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Scorecards that recommend not to hire; null but for OPPOSED_RECOMMENDATIONS.",
  })
  against!: number | null;

  @Field(() => IntervalType, { nullable: true, description: "Of the score; null but for BORDERLINE_SCORE." })
  interval!: Interval | null;
}

/** A debrief that is open to the viewer. */
export interface Debrief {
  openedAt: Date;
  topics: DebriefTopic[];
}

@Value("Debrief", "What the panel talks about once every required scorecard is in or waived.")
export abstract class DebriefType implements Debrief {
  @Field(() => Date, {
    description: "When the last scorecard came in or was waived, or the last interview ended, whichever was later.",
  })
  openedAt!: Date;

  @Field(() => [DebriefTopicType], {
    description: "What to talk about, most pressing first; empty where all is clear.",
  })
  topics!: DebriefTopic[];
}
