import { isAuditor, type Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { isCalledOffSql, isCompleteSql } from "../interviews/interview-session.rules";
import { grouped } from "../platform/db/loaders";
import { binding, type Reader } from "../platform/db/reader";
import { keepsScoresSql, owesScorecardSql } from "../scorecards/blindness.relations";
import type { CriterionScore } from "./criterion-score.rules";
import { type CriterionEvidence, type Evidence, type ProfileEvidence, pooled, scoreOf } from "./evidence.rules";
import type { GateResult } from "./gate.rules";
import type { ExplainedScore } from "./score.rules";

/** A part of an evaluation, with the criterion of the newest rubric version that it is about; null for a skill. */
export type About<T> = T & { criterionId: string | null };

export interface Evaluation extends ExplainedScore {
  criteria: About<CriterionScore>[];
  gates: About<GateResult>[];
}

type Rows<T> = (T & { applicationId: string })[];

/** The explained score of an application, or null where the viewer may not see it yet. Batched per operation. */
export function evaluationOf({ db }: Ctx, applicationId: string): Promise<Evaluation | null> {
  return db
    .loader(evaluationOf, (ids: readonly string[]) => db.snapshot((reader) => evaluations(reader, ids)))
    .load(applicationId);
}

async function evaluations(reader: Reader<Viewer>, ids: readonly string[]): Promise<(Evaluation | null)[]> {
  const open = await openApplications(reader, ids);
  if (open.length === 0) return ids.map(() => null);
  const profiles = grouped(await profilesOf(reader, open), "applicationId");
  const criteria = grouped(await criteriaOf(reader, open), "applicationId");
  const cards = grouped(await cardsOf(reader, open), "applicationId");
  const ratings = grouped(await ratingsOf(reader, open), "applicationId");
  const evaluated = open.map((id): [string, Evaluation] => {
    const [profile] = profiles.get(id)!;
    return [
      id,
      evaluation({
        profile: profile!,
        criteria: criteria.get(id) ?? [],
        cards: cards.get(id) ?? [],
        ratings: ratings.get(id) ?? [],
      }),
    ];
  });
  const found = new Map(evaluated);
  return ids.map((id) => found.get(id) ?? null);
}

function evaluation(evidence: Evidence): Evaluation {
  const ids = new Map(pooled(evidence.criteria).map(({ stableId, id }) => [stableId, id]));
  const withCriterion = <T extends { id: string }>(part: T): About<T> => ({
    ...part,
    criterionId: ids.get(part.id) ?? null,
  });
  const score = scoreOf(evidence);
  return { ...score, criteria: score.criteria.map(withCriterion), gates: score.gates.map(withCriterion) };
}

/** Those of the applications whose score no blindness keeps from the viewer. */
async function openApplications(reader: Reader<Viewer>, ids: readonly string[]): Promise<string[]> {
  const { values, bind } = binding();
  const rows = await reader.all<{ id: string }>(
    `select a.id from applications a
     where a.id = any(${bind(ids)}) and a.id <> all(array(
       select s.application_id from interview_sessions s
       where s.application_id = any(${bind(ids)}) and not ${isCalledOffSql("s")}
         and (${keepsScoresSql("s.id", reader.viewer, bind)} or ${owesScorecardSql("s.id", reader.viewer, bind)})))`,
    values,
  );
  return rows.map(({ id }) => id);
}

/** Which sessions `s` count, of the applications in $1: for an auditor, the COMPLETE ones only. */
const counts = ({ viewer }: Reader<Viewer>): string =>
  `s.application_id = any($1) and ${isAuditor(viewer) ? isCompleteSql("s") : `not ${isCalledOffSql("s")}`}`;

function profilesOf(reader: Reader<Viewer>, ids: readonly string[]): Promise<Rows<ProfileEvidence>> {
  return reader.all(
    `select a.id as "applicationId", v.pass_mark as "passMark", v.least_coverage_percent as "leastCoveragePercent", v.bands,
       (select json_agg(json_build_object('skillId', e.skill_id, 'weight', e.weight, 'gate', e.gate) order by e.position)
        from expectations e where e.organization_id = v.organization_id and e.profile_version_id = v.id) as expectations
     from applications a
     join jobs j on j.organization_id = a.organization_id and j.id = a.job_id
     join role_profile_versions v on v.organization_id = j.organization_id and v.id = j.profile_version_id
     where a.id = any($1)`,
    [ids],
  );
}

function criteriaOf(reader: Reader<Viewer>, ids: readonly string[]): Promise<Rows<CriterionEvidence>> {
  return reader.all(
    `select distinct s.application_id as "applicationId", c.id, c.stable_id as "stableId", c.skill_id as "skillId",
       c.scale_min as "scaleMin", c.scale_max as "scaleMax", c.weight, c.gate_min as "gateMin", c.gate_rule as "gateRule"
     from interview_sessions s
     join criteria c on c.organization_id = s.organization_id and c.rubric_version_id = s.rubric_version_id
     where ${counts(reader)}`,
    [ids],
  );
}

function cardsOf(reader: Reader<Viewer>, ids: readonly string[]): Promise<Rows<Evidence["cards"][number]>> {
  return reader.all(
    `select s.application_id as "applicationId", c.id, c.interviewer_id as "interviewerId", c.state, c.recommendation
     from interview_sessions s
     join scorecards c on c.organization_id = s.organization_id and c.session_id = s.id
     where ${counts(reader)} and c.state = 'SUBMITTED'`,
    [ids],
  );
}

function ratingsOf(reader: Reader<Viewer>, ids: readonly string[]): Promise<Rows<Evidence["ratings"][number]>> {
  return reader.all(
    `select s.application_id as "applicationId", r.scorecard_id as "scorecardId", r.criterion_id as "criterionId", r.outcome, r.value
     from interview_sessions s
     join scorecards c on c.organization_id = s.organization_id and c.session_id = s.id
     join ratings r on r.organization_id = c.organization_id and r.scorecard_id = c.id
     where ${counts(reader)} and c.state = 'SUBMITTED'`,
    [ids],
  );
}
