import type { Ctx } from "../identity/viewer.type";
import type { InterviewSession } from "../interviews/interview-session.entity";
import { allRows } from "../platform/db/reader";
import { Anchor, Criterion } from "../question-bank/rubric.entity";
import { amendScorecard, saveScorecard, submitScorecard } from "../scorecards/scorecard.actions";
import { Scorecard } from "../scorecards/scorecard.entity";
import type { Recommendation } from "../scorecards/scorecard.rules";
import { hoursAfter } from "./demo-calendar.rules";
import { valuesOf } from "./demo-candidates.rules";
import type { DemoCast, DemoInterview } from "./demo-cast.actions";

/** An interviewer's scorecard: begun at the end of the interview, handed in two hours later. */
export async function seedCard(
  { as }: DemoCast,
  { candidate, slot }: DemoInterview,
  session: InterviewSession,
  by: string,
  { draft = false } = {},
): Promise<void> {
  const writing = as(by, hoursAfter(slot.startsAt, 0.9));
  const criteria = await criteriaOf(writing, session);
  const values = valuesOf(candidate, by, criteria.length);
  const recommendation = recommendationOf(values);
  const { id, version } = await saveScorecard(writing, {
    sessionId: session.id,
    recommendation: draft ? null : recommendation,
    summary: draft ? "Not finished yet." : SUMMARIES[recommendation],
    ratings: values.slice(0, draft ? 3 : undefined).map((value, at) => ratingOf(criteria[at]!, value)),
  });
  if (!draft) await submitScorecard(as(by, hoursAfter(slot.endsAt, 2)), { id, version });
}

/** The interviewer thinks again, the day after: one value, by one point. */
export async function amendCard(
  { as }: DemoCast,
  { candidate, slot }: DemoInterview,
  session: InterviewSession,
  by: string,
): Promise<void> {
  const ctx = as(by, hoursAfter(slot.endsAt, 26));
  const criteria = await criteriaOf(ctx, session);
  const own = (bind: (value: unknown) => string) =>
    `t.session_id = ${bind(session.id)} and t.interviewer_id = ${bind(ctx.viewer.id)} and t.state = 'SUBMITTED'`;
  const [card] = await allRows(ctx.db, Scorecard, own);
  const [value] = valuesOf(candidate, by, criteria.length);
  await amendScorecard(ctx, {
    id: card!.id,
    version: card!.version,
    reason: "I had taken the first answer for less than it was; my notes say more.",
    ratings: [ratingOf(criteria[0]!, Math.min(5, (value ?? 3) + 1))],
  });
}

interface AnchoredCriterion extends Criterion {
  anchors: Anchor[];
}

async function criteriaOf({ db }: Ctx, { rubricVersionId }: InterviewSession): Promise<AnchoredCriterion[]> {
  const criteria = await allRows(
    db,
    Criterion,
    (bind) => `t.rubric_version_id = ${bind(rubricVersionId)}`,
    "order by t.position",
  );
  const ids = criteria.map(({ id }) => id);
  const anchors = await allRows(db, Anchor, (bind) => `t.criterion_id = any(${bind(ids)})`, "order by t.value");
  return criteria.map((criterion) => ({
    ...criterion,
    anchors: anchors.filter(({ criterionId }) => criterionId === criterion.id),
  }));
}

/** With the anchor's words as evidence: what an interviewer saw is what the anchor describes. */
function ratingOf({ id, anchors }: AnchoredCriterion, value: number | null) {
  if (value === null) return { criterionId: id, outcome: "NOT_OBSERVED" as const };
  const anchor = anchors.filter((each) => each.value <= value).at(-1) ?? anchors[0];
  return { criterionId: id, outcome: "RATED" as const, value, evidence: anchor?.behaviour ?? "" };
}

/** Least mean rating for each, best first. */
const RECOMMENDED_FROM: readonly [number, Recommendation][] = [
  [4.3, "STRONG_YES"],
  [3.4, "YES"],
  [3.1, "NO_DECISION"],
  [2.2, "NO"],
  [0, "STRONG_NO"],
];

function recommendationOf(values: readonly (number | null)[]): Recommendation {
  const rated = values.filter((value) => value !== null);
  const mean = rated.reduce((sum, value) => sum + value, 0) / rated.length;
  return RECOMMENDED_FROM.find(([from]) => mean >= from)![1];
}

const SUMMARIES: Readonly<Record<Recommendation, string>> = {
  STRONG_YES: "Would raise the level of the team.",
  YES: "Solid throughout; what is missing can be learnt here.",
  NO_DECISION: "I saw too little to say either way.",
  NO: "Below the level in what the job needs most.",
  STRONG_NO: "Far from the level, also with help.",
};
