import { isMember } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { isCompleteSql } from "../interviews/interview-session.rules";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { RubricVersion } from "../question-bank/rubric.entity";
import { cardsOf, criteriaOf, profilesOf, ratingsOf, SESSION_SCOPE } from "./evidence.actions";
import { panelHistory } from "./evidence.rules";
import { METHOD_VERSION } from "./score.rules";
import { ScorePrior } from "./score-prior.entity";
import type { RenewScorePriorInput } from "./score-prior.input";
import {
  degreesOfFreedomOf,
  estimateOf,
  LEAST_DEGREES_OF_FREEDOM,
  LEAST_NEWS,
  newsBetween,
  type PanelHistory,
} from "./score-prior.rules";

/**
 * Estimates anew how far single raters of a rubric version are apart, from its COMPLETE sessions; the newest estimate where
 * nothing is new since. @throws Refusal FORBIDDEN | NOT_FOUND | INSUFFICIENT_HISTORY
 */
export function renewScorePrior(ctx: Ctx, { rubricVersionId }: RenewScorePriorInput): Promise<ScorePrior> {
  return ctx.db.transaction(async (tx) => {
    await tx.find(RubricVersion, rubricVersionId, "rubricVersionId");
    // One renewal at a time, so that the numbers follow each other.
    await tx.claim(RubricVersion, rubricVersionId);
    const panels = await panelsOf(tx, rubricVersionId);
    const priors = await priorsBefore(tx, rubricVersionId);
    const [newest] = priors;
    if (newest && newsBetween(panels, newest.panels) === 0) return newest;
    assertEnough(panels);
    assertUntelling(panels, priors);
    const prior = await tx.insert(ScorePrior, {
      rubricVersionId,
      number: (newest?.number ?? 0) + 1,
      ...estimateOf(panels),
      panels,
      methodVersion: METHOD_VERSION,
      renewedById: isMember(ctx.viewer) ? ctx.viewer.id : null,
    });
    await announce(tx, "score_prior.renewed", prior);
    return prior;
  });
}

function assertEnough(panels: readonly PanelHistory[]): void {
  const total = degreesOfFreedomOf(panels);
  if (total >= LEAST_DEGREES_OF_FREEDOM) return;
  refuse(
    "INSUFFICIENT_HISTORY",
    `The COMPLETE sessions of this rubric version have ${total} degrees of freedom; ${LEAST_DEGREES_OF_FREEDOM} are ` +
      "wanted. Each rater beyond the first of a session brings one: come back after more interviews by two or more.",
    "rubricVersionId",
  );
}

/** Estimates are open to everybody: what one says beyond another, or beyond none, must not be that of a panel or two. */
function assertUntelling(panels: readonly PanelHistory[], priors: readonly ScorePrior[]): void {
  const news = [[], ...priors.map((prior) => prior.panels)].map((before) => newsBetween(panels, before));
  const least = Math.min(...news.filter((count) => count > 0));
  if (least >= LEAST_NEWS) return;
  refuse(
    "INSUFFICIENT_HISTORY",
    `Panels of this rubric version that are new or changed since an estimate: ${least}; ${LEAST_NEWS} are wanted, so that no ` +
      "two estimates tell of one panel. Come back after more interviews.",
    "rubricVersionId",
  );
}

/** How far apart the raters of each COMPLETE session were, session by session; without those that cannot tell. */
async function panelsOf(tx: Tx, rubricVersionId: string): Promise<PanelHistory[]> {
  const sessions = await tx.all<{ id: string; applicationId: string }>(
    `select s.id, s.application_id as "applicationId" from interview_sessions s
     where s.rubric_version_id = $1 and ${isCompleteSql("s")} order by s.id`,
    [rubricVersionId],
  );
  const ids = sessions.map(({ id }) => id);
  const profiles = await profilesOf(tx, [...new Set(sessions.map(({ applicationId }) => applicationId))]);
  const criteria = await criteriaOf(tx, SESSION_SCOPE, ids.slice(0, 1));
  const cards = await cardsOf(tx, SESSION_SCOPE, ids);
  const ratings = await ratingsOf(tx, SESSION_SCOPE, ids);
  const panels = sessions.map(({ id, applicationId }) =>
    panelHistory(id, {
      profile: profiles.get(applicationId)![0]!,
      criteria: criteria.get(ids[0]!)!,
      cards: cards.get(id) ?? [],
      ratings: ratings.get(id) ?? [],
    }),
  );
  return panels.filter((panel) => panel !== null);
}

/** The newest first. */
const priorsBefore = (tx: Tx, rubricVersionId: string): Promise<ScorePrior[]> =>
  allRows(tx, ScorePrior, (bind) => `t.rubric_version_id = ${bind(rubricVersionId)}`, "order by t.number desc");
