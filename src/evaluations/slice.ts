import { defineSlice } from "../platform/slice";
import {
  ApplicationEvaluationResolver,
  CriterionScoreResolver,
  GateResultResolver,
  SkillScoreResolver,
} from "./evaluation.resolver";

export const evaluations = defineSlice({
  name: "evaluations",
  idTypes: {},
  declared: {},
  resolvers: [ApplicationEvaluationResolver, SkillScoreResolver, CriterionScoreResolver, GateResultResolver],
  refusals: {},
  events: [],
});
