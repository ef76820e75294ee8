/** What a panel should talk about before somebody decides. @see docs/scoring.md */
import { byId, isBelow } from "./arithmetic.rules";
import type { CriterionScore } from "./criterion-score.rules";
import { counted, type DebriefTopic, percent, shown, topic } from "./debrief-topic.rules";
import { type CriterionEvidence, type Evidence, pooled } from "./evidence.rules";
import type { GateResult } from "./gate.rules";
import type { ExplainedScore } from "./score.rules";

/** The evidence with what it comes to. */
interface Case {
  evidence: Evidence;
  score: ExplainedScore;
  /** By stable id, which is what scores name criteria by. */
  criteria: ReadonlyMap<string, CriterionEvidence>;
}

/** What to talk about, most pressing first; nothing where all is clear. */
export function debriefTopics(evidence: Evidence, score: ExplainedScore): DebriefTopic[] {
  const criteria = new Map(pooled(evidence.criteria).map((criterion) => [criterion.stableId, criterion]));
  const about: Case = { evidence, score, criteria };
  return [
    ...gateTopics(about, "FAILED"),
    ...gateTopics(about, "UNRESOLVED"),
    ...disagreements(about),
    ...opposed(about),
    ...overallCoverage(about),
    ...skillCoverage(about),
    ...borderline(about),
  ];
}

function gateTopics({ score, criteria }: Case, status: "FAILED" | "UNRESOLVED"): DebriefTopic[] {
  const gates = score.gates.filter((gate) => gate.status === status);
  return gates.map((gate) => {
    const { kind, id, min, actual } = gate;
    const of = kind === "SKILL" ? { skillId: id } : { criterionId: criteria.get(id)?.id ?? null };
    return topic(`${status}_GATE`, whyOfGate(gate), { ...of, found: actual, bound: min });
  });
}

function whyOfGate({ kind, min, actual }: GateResult): string {
  const scale = kind === "SKILL" ? "a score" : "a rating";
  if (actual === null) return `Nobody rated it, and its gate wants ${scale} of at least ${shown(min)}.`;
  return `It came to ${shown(actual)}, and its gate wants ${scale} of at least ${shown(min)}: no strength elsewhere makes up for it.`;
}

/** Those that move the score most come first. What the profile does not name moves nothing and is left out. */
function disagreements({ evidence, score, criteria }: Case): DebriefTopic[] {
  const expected = new Set(evidence.profile.expectations.map(({ skillId }) => skillId));
  const flagged = score.criteria.filter(({ skillId, disagreement }) => disagreement && expected.has(skillId));
  return byId(flagged)
    .map((each) => disagreement(each, criteria.get(each.id)!))
    .sort((a, b) => b.effect! - a.effect!);
}

/** Its bound is what step 10 of the method flags. */
function disagreement(
  { averageDeviation, effectiveWeight, raterCount, range }: CriterionScore,
  { id, scaleMin, scaleMax }: CriterionEvidence,
): DebriefTopic {
  const found = averageDeviation!;
  const bound = (scaleMax - scaleMin + 1) / 6;
  const effect = ((effectiveWeight ?? 0) * 100 * found) / (scaleMax - scaleMin);
  const why =
    `The ${raterCount} ratings span ${shown(range!)} and lie ${shown(found)} from their mean on average, ` +
    `where more than ${shown(bound)} is too far; ${counted(effect, "point", "points")} of the score hang on it.`;
  return topic("DISAGREEMENT", why, { criterionId: id, found, bound, effect });
}

function opposed({ evidence, score }: Case): DebriefTopic[] {
  if (!score.opposed) return [];
  const given = evidence.cards.filter(({ state }) => state === "SUBMITTED").map((card) => card.recommendation);
  const inFavour = given.filter((each) => each === "YES" || each === "STRONG_YES").length;
  const against = given.filter((each) => each === "NO" || each === "STRONG_NO").length;
  const why = `${counted(inFavour, "scorecard recommends", "scorecards recommend")} to hire, ${shown(against)} not to.`;
  return [topic("OPPOSED_RECOMMENDATIONS", why, { inFavour, against })];
}

function overallCoverage({ evidence, score }: Case): DebriefTopic[] {
  const found = score.overall.coverage;
  const bound = leastCoverage(evidence);
  if (found !== null && !isBelow(found, bound)) return [];
  const seen = found === null ? "Nothing that counts was asked" : `${percent(found)} of what counts was rated`;
  return [
    topic("LOW_COVERAGE", `${seen}; the profile wants ${percent(bound)} before it recommends anything.`, {
      found,
      bound,
    }),
  ];
}

/** Skills of which less was seen than the profile wants of the whole, the least seen first. */
function skillCoverage({ evidence, score, criteria }: Case): DebriefTopic[] {
  const bound = leastCoverage(evidence);
  const weighing = new Set(
    evidence.profile.expectations.filter(({ weight }) => weight > 0).map((each) => each.skillId),
  );
  const asked = new Set([...criteria.values()].map(({ skillId }) => skillId));
  return byId(score.skills)
    .filter(({ id }) => weighing.has(id))
    .map(({ id, coverage }) => ({ id, found: coverage ?? (asked.has(id) ? null : 0) }))
    .filter((skill): skill is { id: string; found: number } => skill.found !== null && isBelow(skill.found, bound))
    .sort((a, b) => a.found - b.found)
    .map(({ id, found }) => {
      const seen = asked.has(id) ? `${percent(found)} of it was rated` : "No interview was rated on it";
      return topic("LOW_COVERAGE", `${seen}; the profile wants ${percent(bound)} of the whole.`, {
        skillId: id,
        found,
        bound,
      });
    });
}

function borderline({ evidence, score: { borderline: isBorderline, overall } }: Case): DebriefTopic[] {
  const { score: found, interval } = overall;
  if (!isBorderline || found === null || interval === null) return [];
  const bound = evidence.profile.passMark;
  const why =
    `The score of ${shown(found)} could as well lie between ${shown(interval.lower)} and ${shown(interval.upper)}, ` +
    `on either side of the pass mark of ${shown(bound)}.`;
  return [topic("BORDERLINE_SCORE", why, { found, bound, interval })];
}

/** 0..1 */
const leastCoverage = ({ profile }: Evidence): number => profile.leastCoveragePercent / 100;
