import { Field, Float } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import type { GateResult } from "./gate.rules";

const GateKindEnum = enumOf<GateResult["kind"]>("GateKind", "What a gate is on.", {
  CRITERION: "A criterion, on its own scale.",
  SKILL: "A skill, 0 to 100.",
});

const GateStatusEnum = enumOf<GateResult["status"]>("GateStatus", "How a gate came out.", {
  PASSED: "Reached.",
  FAILED: "Missed; no strength elsewhere makes up for it.",
  UNRESOLVED: "Nothing to hold against it.",
  NOT_APPLICABLE: "It does not matter for this candidate.",
});

@Value("GateResult", "How a gate of the profile or the rubric came out.")
export abstract class GateResultType implements Omit<GateResult, "id"> {
  @Field(() => GateKindEnum, { description: "What the gate is on." })
  kind!: GateResult["kind"];

  @Field(() => Float, {
    description: "Least value that passes: on the criterion's own scale, or 0 to 100 for a skill.",
  })
  min!: number;

  @Field(() => Float, {
    nullable: true,
    description: "What is held against `min`, on the same scale; null if nothing was rated.",
  })
  actual!: number | null;

  @Field(() => GateStatusEnum, { description: "How it came out." })
  status!: GateResult["status"];
}
