import { candidates } from "./candidates/slice";
import { evaluations } from "./evaluations/slice";
import { identity } from "./identity/slice";
import { interviews } from "./interviews/slice";
import type { Slice } from "./platform/slice";
import { questionBank } from "./question-bank/slice";
import { scorecards } from "./scorecards/slice";
import { skills } from "./skills/slice";
import { webhooks } from "./webhooks/slice";

/** The house, in order: a slice imports only from slices listed before it. This order is checked. */
export const slices: readonly Slice[] = [
  identity,
  skills,
  questionBank,
  candidates,
  interviews,
  scorecards,
  evaluations,
  webhooks,
];
