import { isAuditor, type Viewer } from "../identity/viewer.rules";
import { isCalledOffSql, isCompleteSql } from "../interviews/interview-session.rules";
import { grouped } from "../platform/db/grouped";
import type { Reader } from "../platform/db/reader";
import type { CardEvidence, CriterionEvidence, ProfileEvidence, RatingEvidence } from "./evidence.rules";
import type { PriorEvidence } from "./score-prior.rules";

/** Which sessions `s` are looked at, and by which of their ids the evidence is gathered. */
export interface Scope {
  readonly of: "s.application_id" | "s.id";
  readonly which: string;
}

/** By application: for an auditor the COMPLETE sessions only, for everybody else all that were not called off. */
export const applicationScope = (viewer: Viewer): Scope => ({
  of: "s.application_id",
  which: isAuditor(viewer) ? isCompleteSql("s") : `not ${isCalledOffSql("s")}`,
});

/** Each session by itself. */
export const SESSION_SCOPE: Scope = { of: "s.id", which: "true" };

type Asking = Pick<Reader, "all">;

/** The profile of each application's job. */
export const profilesOf = (
  reader: Asking,
  applicationIds: readonly string[],
): Promise<Map<string, ProfileEvidence[]>> =>
  gathered(
    reader,
    `select a.id as "of", v.pass_mark as "passMark", v.least_coverage_percent as "leastCoveragePercent", v.bands,
       (select json_agg(json_build_object('skillId', e.skill_id, 'weight', e.weight, 'gate', e.gate) order by e.position)
        from expectations e where e.organization_id = v.organization_id and e.profile_version_id = v.id) as expectations
     from applications a
     join jobs j on j.organization_id = a.organization_id and j.id = a.job_id
     join role_profile_versions v on v.organization_id = j.organization_id and v.id = j.profile_version_id
     where a.id = any($1)`,
    applicationIds,
  );

export const criteriaOf = (
  reader: Asking,
  { of, which }: Scope,
  ids: readonly string[],
): Promise<Map<string, CriterionEvidence[]>> =>
  gathered(
    reader,
    `select distinct ${of} as "of", c.id, c.stable_id as "stableId", c.skill_id as "skillId",
       c.scale_min as "scaleMin", c.scale_max as "scaleMax", c.weight, c.gate_min as "gateMin", c.gate_rule as "gateRule"
     from interview_sessions s
     join criteria c on c.organization_id = s.organization_id and c.rubric_version_id = s.rubric_version_id
     where ${of} = any($1) and ${which}`,
    ids,
  );

/** Those that were handed in. */
export const cardsOf = (
  reader: Asking,
  { of, which }: Scope,
  ids: readonly string[],
): Promise<Map<string, CardEvidence[]>> =>
  gathered(
    reader,
    `select ${of} as "of", c.id, c.interviewer_id as "interviewerId", c.state, c.recommendation
     from interview_sessions s
     join scorecards c on c.organization_id = s.organization_id and c.session_id = s.id
     where ${of} = any($1) and ${which} and c.state = 'SUBMITTED'`,
    ids,
  );

/** What those say. */
export const ratingsOf = (
  reader: Asking,
  { of, which }: Scope,
  ids: readonly string[],
): Promise<Map<string, RatingEvidence[]>> =>
  gathered(
    reader,
    `select ${of} as "of", r.scorecard_id as "scorecardId", r.criterion_id as "criterionId", r.outcome, r.value
     from interview_sessions s
     join scorecards c on c.organization_id = s.organization_id and c.session_id = s.id
     join ratings r on r.organization_id = c.organization_id and r.scorecard_id = c.id
     where ${of} = any($1) and ${which} and c.state = 'SUBMITTED'`,
    ids,
  );

/** The newest estimate of each of the sessions' rubric versions. */
export const priorsOf = (
  reader: Asking,
  { of, which }: Scope,
  ids: readonly string[],
): Promise<Map<string, PriorEvidence[]>> =>
  gathered(
    reader,
    `select distinct on (${of}, p.rubric_version_id) ${of} as "of",
       p.id, p.standard_deviation as "standardDeviation", p.degrees_of_freedom as "degreesOfFreedom"
     from interview_sessions s
     join score_priors p on p.organization_id = s.organization_id and p.rubric_version_id = s.rubric_version_id
     where ${of} = any($1) and ${which}
     order by ${of}, p.rubric_version_id, p.number desc`,
    ids,
  );

/** Rows by what they are of, without saying so in each: they may be frozen. */
async function gathered<T extends object>(
  reader: Asking,
  text: string,
  ids: readonly string[],
): Promise<Map<string, T[]>> {
  const groups = grouped(await reader.all<{ of: string }>(text, [ids]), "of");
  return new Map([...groups].map(([id, rows]) => [id, rows.map(({ of: _, ...row }) => row as T)]));
}
