import { addDebriefNote } from "../evaluations/debrief-note.actions";
import { proposeDecision, recordDecision, reopenDecision } from "../evaluations/decision.actions";
import { type DecisionOutcome, isDeparture } from "../evaluations/decision.rules";
import { evaluationOf } from "../evaluations/evaluation.actions";
import type { Ctx } from "../identity/viewer.type";
import type { DemoCandidate, DemoDecision } from "./demo-candidates.rules";
import type { DemoCast } from "./demo-cast.actions";

interface Story {
  outcome: DecisionOutcome;
  rationale: string;
}

const STORIES: Readonly<Record<DemoDecision, Story>> = {
  hired: { outcome: "HIRE", rationale: "Strong where the job needs it, and the panel agrees." },
  rejected: { outcome: "REJECT", rationale: "The gaps are in what the team cannot cover this year." },
  proposed: { outcome: "HIRE", rationale: "Good evidence in every skill that we looked at." },
  reopened: { outcome: "REJECT", rationale: "We did not agree on the gaps." },
};

const DEPARTURE = "The team knows the gap and has somebody to work beside.";

/** What was said and decided, and by whom. The panel's last member disagrees with a decision that was reopened. */
export async function seedDecision(
  cast: DemoCast,
  { applicationId, candidate, panel }: { applicationId: string; candidate: DemoCandidate; panel: readonly string[] },
): Promise<void> {
  const manager = cast.as("omar");
  await addDebriefNote(manager, { applicationId, text: "We went through the topics in order; nothing was left open." });
  const { outcome, rationale } = STORIES[candidate.decision!];
  const departureReason = (await departs(manager, applicationId, outcome)) ? DEPARTURE : null;
  const wish = { applicationId, outcome, rationale, departureReason };
  if (candidate.decision === "proposed") {
    await proposeDecision(manager, wish);
    return;
  }
  const dissents = [{ memberId: cast.id(panel.at(-1)!), reason: "I saw more than this score says." }];
  const decision = await recordDecision(manager, {
    ...wish,
    dissents: candidate.decision === "reopened" ? dissents : [],
  });
  if (candidate.decision !== "reopened") return;
  await reopenDecision(manager, {
    id: decision.id,
    version: decision.version,
    reason: "The panel wants a second interview on the skill in dispute.",
  });
}

async function departs(ctx: Ctx, applicationId: string, outcome: DecisionOutcome): Promise<boolean> {
  const evaluation = await evaluationOf(ctx, applicationId);
  return isDeparture(outcome, evaluation!.recommendation);
}
