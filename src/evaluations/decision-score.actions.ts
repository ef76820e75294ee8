import type { Decision } from "./decision.entity";
import { type Evaluation, evaluation } from "./evaluation.actions";
import type { Evidence } from "./evidence.rules";

/** Every method by which a decision was ever recorded. Whoever publishes another version adds to it and takes nothing away. */
const METHODS: Readonly<Record<string, (evidence: Evidence) => Evaluation>> = {
  "assay-score/1": evaluation,
};

/** The score computed anew from what was frozen; null where nothing is, or by a method that this server does not know. */
export function recomputed({
  evidence,
  methodVersion,
}: Pick<Decision, "evidence" | "methodVersion">): Evaluation | null {
  const method = METHODS[methodVersion ?? ""];
  return evidence && method ? method(evidence) : null;
}
