/** A reference case played through the API, from the first skill to the evaluation. */
import { ScorePrior } from "../../src/evaluations/score-prior.entity";
import type { Member } from "../../src/identity/member.entity";
import { createOrganization } from "../../src/identity/organization.actions";
import { contextOf } from "../cast/company";
import type { Api } from "../support/api";
import { overallAsVector, type ReferenceCase } from "./as-vector";

const EVALUATION = `
query ($id: ID!) {
  node(id: $id) {
    ... on Application {
      evaluation {
        methodVersion recommendation borderline probabilityAbovePass opposed
        overall {
          score reason coverage band raterCount effectiveRaterCount raterStandardDeviation degreesOfFreedom standardError uncertaintyReason
          interval { lower upper level method }
        }
        skills { skill { slug } score coverage raterCount reason }
        criteria {
          criterion { key }
          raterCount score rawMean rawStandardDeviation range averageDeviation rwg disagreement notApplicable effectiveWeight contribution
        }
        gates { kind criterion { key } skill { slug } min actual status }
        priors { standardDeviation degreesOfFreedom }
      }
    }
  }
}`;

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
export type Anything = any;

/** Keys in files are lower case with hyphens; the reference's are not. */
const keyOf = (id: string): string => id.toLowerCase().replaceAll("_", "-");

/** Sends a mutation with one input, and returns the object that its payload holds. */
async function act(
  api: Api,
  member: Member,
  mutation: string,
  field: string,
  input: object,
  selection = "id",
): Promise<Anything> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${field} { ${selection} } userErrors { code message field } } }`;
  return (await api.ask(member, query, { input }))[mutation][field];
}

const PEOPLE = ["ada", "rex", "ann", "bob", "cyd", "dan"] as const;
type Cast = Record<(typeof PEOPLE)[number], Member>;

/** Ada administers, Rex recruits, the others interview. */
async function cast(api: Api): Promise<Cast> {
  const roles: Record<string, "ADMIN" | "RECRUITER"> = { ada: "ADMIN", rex: "RECRUITER" };
  const { members } = await createOrganization(api.database, {
    empty: true,
    name: "Vectors",
    members: PEOPLE.map((name) => ({ email: `${name}@vectors.example`, name, role: roles[name] ?? "INTERVIEWER" })),
  });
  return Object.fromEntries(PEOPLE.map((name, index) => [name, members[index]!])) as Cast;
}

interface Setting {
  api: Api;
  people: Cast;
  applicationId: string;
  kitId: string;
  /** By the reference's id. */
  criterionIds: Map<string, string>;
}

/** Skills, profile, rubric, kit, job and application, as the reference has them. */
async function setting(api: Api, { criteria, skills, options }: ReferenceCase): Promise<Setting> {
  const people = await cast(api);
  const { ada, rex } = people;
  const skillIds = new Map<string, string>();
  for (const { id } of skills) {
    skillIds.set(id, (await act(api, ada, "createSkill", "skill", { slug: keyOf(id), name: id })).id);
  }
  const profile = await act(
    api,
    ada,
    "createRoleProfile",
    "roleProfile",
    {
      name: "Reference",
      level: "MIDDLE",
      passMark: options.passMin,
      leastCoveragePercent: options.minCoverage * 100,
      bands: options.levels.map(({ id, min }) => ({ label: id, min })),
      expectations: skills.map(({ id, weight, gateMin }) => ({
        skillId: skillIds.get(id),
        level: "MIDDLE",
        weight,
        gate: gateMin,
      })),
    },
    "versions { nodes { id } }",
  );
  const rubric = await act(
    api,
    ada,
    "createRubric",
    "rubric",
    {
      name: "Reference",
      criteria: criteria.map(({ id, skill, min, max, weight, gate }) => ({
        key: keyOf(id),
        name: id,
        skillId: skillIds.get(skill),
        weight,
        scaleMin: min,
        scaleMax: max,
        gate,
        anchors: Array.from({ length: max - min + 1 }, (_, index) => ({
          value: min + index,
          label: `${min + index}`,
          behaviour: "As said.",
        })),
      })),
    },
    "id version versions { nodes { id criteria { id key } } }",
  );
  const { version } = await act(
    api,
    ada,
    "requestRubricReview",
    "rubric",
    { id: rubric.id, version: rubric.version },
    "version",
  );
  await act(api, rex, "reviewRubric", "rubric", { id: rubric.id, version, verdict: "APPROVED" });
  const [rubricVersion] = rubric.versions.nodes;
  const profileVersionId = profile.versions.nodes[0].id;
  const kit = await act(api, ada, "createInterviewKit", "interviewKit", {
    name: "Reference",
    profileVersionId,
    rubricVersionId: rubricVersion.id,
    minutes: 60,
    questions: [],
  });
  const job = await act(api, rex, "createJob", "job", { title: "Reference", profileVersionId });
  const candidate = await act(api, rex, "createCandidate", "candidate", { name: "Chris" });
  const application = await act(api, rex, "createApplication", "application", {
    candidateId: candidate.id,
    jobId: job.id,
  });
  await lendHistory(api, ada, rubricVersion.id, options);
  const criterionIds = criteria.map(({ id }): [string, string] => [
    id,
    rubricVersion.criteria.find(({ key }: Anything) => key === keyOf(id)).id,
  ]);
  return { api, people, applicationId: application.id, kitId: kit.id, criterionIds: new Map(criterionIds) };
}

/** An estimate is renewed from sessions alone: the reference's is put there. */
async function lendHistory(
  api: Api,
  member: Member,
  rubricVersionId: string,
  { priorSd, priorDf }: ReferenceCase["options"],
) {
  if (priorSd === undefined || priorDf === undefined) return;
  await contextOf(api.database, member).db.transaction((tx) =>
    tx.insert(ScorePrior, {
      rubricVersionId,
      number: 1,
      standardDeviation: priorSd,
      degreesOfFreedom: priorDf,
      panels: [],
      methodVersion: "assay-score/1",
      renewedById: null,
    }),
  );
}

let begun = 0;

/** A session under way with these on its panel, and Rex, who keeps it open. Each at a time of its own. */
async function sessionOf({ api, people, applicationId, kitId }: Setting, raters: Member[]): Promise<string> {
  const startsAt = new Date(Date.UTC(2031, 0, 1, ++begun));
  const session = await act(
    api,
    people.rex,
    "planInterviewSession",
    "interviewSession",
    {
      applicationId,
      kitId,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
      timeZone: "Europe/Zurich",
      panel: [...raters, people.rex].map(({ id }) => ({ memberId: id })),
    },
    "id version",
  );
  await act(api, people.rex, "moveInterviewSession", "interviewSession", { ...session, to: "IN_PROGRESS" });
  return session.id;
}

/** Writes the scorecard, hands it in and takes it back, as far as the reference says. */
async function rate(
  { api, people, criterionIds }: Setting,
  sessionId: string,
  { interviewer, status, ratings }: ReferenceCase["scorecards"][number],
): Promise<void> {
  const rater = people[interviewer as keyof Cast];
  const input = {
    sessionId,
    recommendation: "YES",
    ratings: [...criterionIds].map(([key, criterionId]) => {
      const rating = ratings[key] ?? "NOT_OBSERVED";
      const said = typeof rating === "number" ? { outcome: "RATED", value: rating } : { outcome: rating };
      return { criterionId, ...said, evidence: "Seen." };
    }),
  };
  const draft = await act(api, rater, "saveScorecard", "scorecard", input, "id version");
  if (status === "DRAFT") return;
  const submitted = await act(api, rater, "submitScorecard", "scorecard", draft, "id version");
  if (status === "WITHDRAWN") await act(api, rater, "withdrawScorecard", "scorecard", submitted);
}

/** How the scorecards are spread over sessions: the evaluation is the application's, so that it must not matter. */
export const PLANS: Record<string, (scorecards: ReferenceCase["scorecards"]) => ReferenceCase["scorecards"][]> = {
  "in one session": (scorecards) => [scorecards],
  "in a session for each rater": (scorecards) => (scorecards.length > 0 ? scorecards.map((each) => [each]) : [[]]),
};

export async function evaluationOf(api: Api, reference: ReferenceCase, plan: string): Promise<Anything> {
  const made = await setting(api, reference);
  for (const cards of PLANS[plan]!(reference.scorecards)) {
    const raters = cards.map(({ interviewer }) => made.people[interviewer as keyof Cast]);
    const sessionId = await sessionOf(made, raters);
    for (const card of cards) await rate(made, sessionId, card);
  }
  return (await api.ask(made.people.ada, EVALUATION, { id: made.applicationId })).node.evaluation;
}

/** The answer in the words of the reference file, in the order of its criteria and skills. */
export function inReferenceWords(reference: ReferenceCase, evaluation: Anything) {
  const { overall, criteria, skills, gates, recommendation, borderline, probabilityAbovePass } = evaluation;
  expect(criteria).toHaveLength(reference.criteria.length);
  expect(skills).toHaveLength(reference.skills.length);
  return {
    criteria: reference.criteria.map(({ id }) => {
      const found = criteria.find(({ criterion }: Anything) => criterion.key === keyOf(id));
      const { raterCount: n, score, rawMean, rawStandardDeviation: rawSd, range, averageDeviation: ad } = found;
      const { rwg, disagreement, notApplicable } = found;
      return { id, n, score, rawMean, rawSd, range, ad, rwg, disagreement, notApplicable };
    }),
    skills: reference.skills.map(({ id }) => {
      const { score, coverage, raterCount } = skills.find(({ skill }: Anything) => skill.slug === keyOf(id));
      return { id, score, coverage, raters: raterCount };
    }),
    overall: overallAsVector(overall),
    gates: gates.map(({ criterion, status }: Anything) => ({
      target: reference.criteria.find(({ id }) => keyOf(id) === criterion.key)!.id,
      status,
    })),
    recommendation,
    borderline,
    pAbovePass: probabilityAbovePass,
  };
}
