import { pooled, scoreOf } from "../../../dist/src/evaluations/evidence.rules.js";
import { isCalledOffSql } from "../../../dist/src/interviews/interview-session.rules.js";

const listed = (fields, from) => `coalesce((select json_agg(json_build_object(${fields}) ${from}), '[]')`;

/** All evidence of an application, and the names of what its score speaks of. */
export const EVIDENCE = `
with sessions as materialized (
  select id, rubric_version_id from interview_sessions s where s.application_id = $1 and not ${isCalledOffSql("s")}
), cards as materialized (
  select * from scorecards where session_id = any(array(select id from sessions)) and state = 'SUBMITTED'
), expected as materialized (
  select e.* from applications a join jobs j on j.id = a.job_id
  join expectations e on e.profile_version_id = j.profile_version_id where a.id = $1
)
select json_build_object(
  'profile', (select json_build_object('passMark', v.pass_mark, 'leastCoveragePercent', v.least_coverage_percent, 'bands', v.bands)
    from applications a join jobs j on j.id = a.job_id join role_profile_versions v on v.id = j.profile_version_id
    where a.id = $1),
  'expectations', ${listed(
    "'skillId', e.skill_id, 'weight', e.weight, 'gate', e.gate",
    "order by e.position) from expected e",
  )},
  'criteria', ${listed(
    `'id', c.id, 'stableId', c.stable_id, 'skillId', c.skill_id, 'scaleMin', c.scale_min, 'scaleMax', c.scale_max,
     'weight', c.weight, 'gateMin', c.gate_min, 'gateRule', c.gate_rule, 'name', c.name`,
    ") from criteria c where c.rubric_version_id = any(array(select rubric_version_id from sessions))",
  )},
  'cards', ${listed(
    "'id', c.id, 'interviewerId', c.interviewer_id, 'state', c.state, 'recommendation', c.recommendation",
    ") from cards c",
  )},
  'ratings', ${listed(
    "'scorecardId', r.scorecard_id, 'criterionId', r.criterion_id, 'outcome', r.outcome, 'value', r.value",
    ") from ratings r where r.scorecard_id = any(array(select id from cards))",
  )},
  'priors', ${listed(
    "'id', p.id, 'standardDeviation', p.standard_deviation, 'degreesOfFreedom', p.degrees_of_freedom",
    `) from (select distinct on (rubric_version_id) * from score_priors
       where rubric_version_id = any(array(select rubric_version_id from sessions)) order by rubric_version_id, number desc) p`,
  )},
  'skills', ${listed("'id', k.id, 'name', k.name", ") from skills k where k.id = any(array(select skill_id from expected))")}
)::text as answer`;

/** The answer in the form that is asked for, written out: what a score carries besides is left out. */
export function scoreText(text, { id }) {
  const { profile, expectations, skills, ...evidence } = JSON.parse(text);
  const score = scoreOf({ ...evidence, profile: { ...profile, expectations } });
  const skillOf = new Map(skills.map((skill) => [skill.id, skill]));
  const criterionOf = new Map(
    pooled(evidence.criteria).map(({ stableId, id: own, name }) => [stableId, { id: own, name }]),
  );
  const { methodVersion, recommendation, probabilityAbovePass, borderline, opposed, overall } = score;
  return JSON.stringify({
    node: {
      id,
      evaluation: {
        methodVersion,
        recommendation,
        probabilityAbovePass,
        borderline,
        opposed,
        overall: overallOf(overall),
        skills: score.skills.map(({ id: skill, score: points, coverage, raterCount, reason, interval }) => ({
          score: points,
          coverage,
          raterCount,
          reason,
          interval: interval && { lower: interval.lower, upper: interval.upper },
          skill: skillOf.get(skill),
        })),
        criteria: score.criteria.map(({ id: stableId, skillId: _, ...each }) => ({
          ...each,
          criterion: criterionOf.get(stableId),
        })),
        gates: score.gates.map(({ id: of, kind, min, actual, status }) => ({
          kind,
          min,
          actual,
          status,
          criterion: kind === "CRITERION" ? criterionOf.get(of) : null,
          skill: kind === "SKILL" ? skillOf.get(of) : null,
        })),
      },
    },
  });
}

const overallOf = ({ uncertaintyReason: _, ...overall }) => overall;
