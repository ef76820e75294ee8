import type { Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { binding, type Reader } from "../platform/db/reader";
import type { CriterionScore } from "./criterion-score.rules";
import { applicationScope, cardsOf, criteriaOf, priorsOf, profilesOf, ratingsOf } from "./evidence.actions";
import { type Evidence, type ProfileEvidence, pooled, priorsUsed, scoreOf } from "./evidence.rules";
import type { GateResult } from "./gate.rules";
import type { ExplainedScore } from "./score.rules";
import { showsScoresSql } from "./score-sight.relations";

/** A part of an evaluation, with the criterion of the newest rubric version that it is about; null for a skill. */
export type About<T> = T & { criterionId: string | null };

export interface Evaluation extends ExplainedScore {
  criteria: About<CriterionScore>[];
  gates: About<GateResult>[];
  /** Estimates of the raters' spread that it leans on. */
  priorIds: string[];
  /** What the evidence was held against. */
  profile: ProfileEvidence;
}

/** The explained score of an application, or null where the viewer may not see it yet. Batched per operation. */
export function evaluationOf({ db }: Ctx, applicationId: string): Promise<Evaluation | null> {
  return db
    .loader(evaluationOf, (ids: readonly string[]) => db.snapshot((reader) => evaluations(reader, ids)))
    .load(applicationId);
}

async function evaluations(reader: Reader<Viewer>, ids: readonly string[]): Promise<(Evaluation | null)[]> {
  const found = await evidenceOf(reader, await openApplications(reader, ids));
  return ids.map((id) => {
    const evidence = found.get(id);
    return evidence ? evaluation(evidence) : null;
  });
}

/** What the scores of the applications are made of, whoever may see them: for an auditor, COMPLETE sessions only. */
export async function evidenceOf(reader: Reader<Viewer>, ids: readonly string[]): Promise<Map<string, Evidence>> {
  if (ids.length === 0) return new Map();
  const scope = applicationScope(reader.viewer);
  const profiles = await profilesOf(reader, ids);
  const criteria = await criteriaOf(reader, scope, ids);
  const cards = await cardsOf(reader, scope, ids);
  const ratings = await ratingsOf(reader, scope, ids);
  const priors = await priorsOf(reader, scope, ids);
  return new Map(
    [...profiles].map(([id, [profile]]): [string, Evidence] => [
      id,
      {
        profile: profile!,
        criteria: criteria.get(id) ?? [],
        cards: cards.get(id) ?? [],
        ratings: ratings.get(id) ?? [],
        priors: priors.get(id) ?? [],
      },
    ]),
  );
}

/** The same over all sessions that were not called off, whoever asks: what is stored or frozen. */
export function wholeEvidenceOf(reader: Reader, ids: readonly string[]): Promise<Map<string, Evidence>> {
  const viewer: Viewer = { kind: "WORKER", organizationId: reader.viewer.organizationId, id: null };
  return evidenceOf({ viewer, model: reader.model, all: (text, values) => reader.all(text, values) }, ids);
}

/** The explained score of the evidence, each part with the criterion that it is about. */
export function evaluation(evidence: Evidence): Evaluation {
  const ids = new Map(pooled(evidence.criteria).map(({ stableId, id }) => [stableId, id]));
  const withCriterion = <T extends { id: string }>(part: T): About<T> => ({
    ...part,
    criterionId: ids.get(part.id) ?? null,
  });
  const score = scoreOf(evidence);
  return {
    ...score,
    criteria: score.criteria.map(withCriterion),
    gates: score.gates.map(withCriterion),
    priorIds: priorsUsed(evidence, score),
    profile: evidence.profile,
  };
}

/** Those of the applications whose score no blindness keeps from the viewer. */
async function openApplications(reader: Reader<Viewer>, ids: readonly string[]): Promise<string[]> {
  const { values, bind } = binding();
  const among = bind(ids);
  const rows = await reader.all<{ id: string }>(
    `select a.id from applications a
     where a.id = any(${among}) and ${showsScoresSql("a.id", reader.viewer, bind, { among })}`,
    values,
  );
  return rows.map(({ id }) => id);
}
