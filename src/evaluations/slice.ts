import { defineSlice } from "../platform/slice";
import {
  ApplicationEvaluationResolver,
  CriterionScoreResolver,
  EvaluationResolver,
  GateResultResolver,
  SkillScoreResolver,
} from "./evaluation.resolver";

export const evaluations = defineSlice({
  name: "evaluations",
  idTypes: {},
  declared: {},
  resolvers: [
    ApplicationEvaluationResolver,
    EvaluationResolver,
    SkillScoreResolver,
    CriterionScoreResolver,
    GateResultResolver,
  ],
  refusals: {},
  events: [],
});
