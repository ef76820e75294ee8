/** The queries in the words of PostGraphile's schema, and its answers in ours. */

const MEMBER = "rowId name";

export const TEXTS = {
  Q1: `query Dashboard($after: Cursor) {
    allInterviewSessions(first: 50, after: $after, orderBy: [PRIMARY_KEY_DESC]) {
      edges {
        cursor
        node {
          rowId startsAt stateNow place
          applicationByOrganizationIdAndApplicationId {
            rowId
            candidateByOrganizationIdAndCandidateId { rowId name email }
            jobByOrganizationIdAndJobId { rowId title }
          }
          panelistsByOrganizationIdAndSessionId {
            nodes { rowId seat memberByOrganizationIdAndMemberId { ${MEMBER} } }
          }
          scorecardsByOrganizationIdAndSessionId {
            nodes {
              rowId recommendation submittedAt
              memberByOrganizationIdAndInterviewerId { ${MEMBER} }
              ratingsByOrganizationIdAndScorecardId {
                nodes {
                  rowId value outcome evidence
                  criterionByOrganizationIdAndCriterionId { rowId name skillByOrganizationIdAndSkillId { ${MEMBER} } }
                }
              }
            }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,

  Q2: `query Session($organization: UUID!, $id: UUID!) {
    interviewSessionByOrganizationIdAndRowId(organizationId: $organization, rowId: $id) {
      rowId startsAt stateNow
      applicationByOrganizationIdAndApplicationId {
        rowId
        candidateByOrganizationIdAndCandidateId { name }
        jobByOrganizationIdAndJobId { title }
      }
      panelistsByOrganizationIdAndSessionId { nodes { seat memberByOrganizationIdAndMemberId { name } } }
    }
  }`,

  Q3: `query Questions {
    allQuestions(first: 100, orderBy: [PRIMARY_KEY_DESC]) {
      nodes { rowId externalKey createdAt version }
      totalCount
    }
  }`,

  Q3v: `query QuestionTexts {
    allQuestions(first: 100, orderBy: [PRIMARY_KEY_DESC]) {
      nodes {
        rowId externalKey createdAt
        questionVersionsByOrganizationIdAndQuestionId(first: 1, condition: { state: "READY" }) {
          nodes { rowId number state kind title stem level difficulty minutes }
        }
      }
      totalCount
    }
  }`,

  Q5: `query Standings($organization: UUID!, $id: UUID!) {
    jobByOrganizationIdAndRowId(organizationId: $organization, rowId: $id) {
      rowId title
      standingsByOrganizationIdAndJobId(first: 50, orderBy: [SCORE_DESC, PRIMARY_KEY_DESC]) {
        nodes {
          rowId score coverage probabilityAbovePass intervalLower intervalUpper borderline band recommendation raterCount
          applicationByOrganizationIdAndApplicationId { rowId candidateByOrganizationIdAndCandidateId { rowId name } }
        }
      }
    }
  }`,

  M1: `mutation Submit($input: SubmitScorecardInput!) {
    submitScorecard(input: $input) {
      result {
        rowId state version
        memberByOrganizationIdAndInterviewerId { rowId name }
        interviewSessionByOrganizationIdAndSessionId { rowId stateNow }
      }
    }
  }`,
};

/** A cursor of PostGraphile names its order by a hash, and the values after which a page begins. */
const ORDER = "25f529bffc";
const cursorOf = (organizationId, id) => Buffer.from(JSON.stringify([ORDER, organizationId, id])).toString("base64");

/** Our cursor of the same row. */
const ourCursorOf = (cursor) => {
  const [, , id] = JSON.parse(Buffer.from(cursor, "base64").toString());
  return Buffer.from(JSON.stringify([id])).toString("base64url");
};

const idIn = (after) => JSON.parse(Buffer.from(after, "base64url").toString())[0];

export function variablesOf(name, variables, organization) {
  if (name === "Q1") return { after: variables.after && cursorOf(organization, idIn(variables.after)) };
  if (name === "M1") return { input: { scorecardId: variables.input.id, expectedVersion: variables.input.version } };
  return variables.id ? { ...variables, organization } : variables;
}

/** Fields that are called otherwise here; those that name a relation are cut at their `By…`. */
const NAMES = { rowId: "id", stateNow: "state", result: "scorecard" };
const PLURALS = { panelists: "panel" };
const PEOPLE = { ByOrganizationIdAndInterviewerId: "interviewer", ByOrganizationIdAndSessionId: "session" };
const ROOTS = { interviewSessionByOrganizationIdAndRowId: "node", jobByOrganizationIdAndRowId: "node" };
const LISTS = { allInterviewSessions: "interviewSessions", allQuestions: "questions" };
const OURS = /T.*\+00:00$/;

/** Lists that are pages in our schema, too, and so keep their `nodes`. */
const PAGES = new Set(["interviewSessions", "questions", "standings"]);

function nameOf(field) {
  const [noun, by] = field.split(/(?=By[A-Z])/);
  if (field in ROOTS) return ROOTS[field];
  if (!by) return NAMES[field] ?? LISTS[field] ?? field;
  if (noun === "questionVersions") return "current";
  const isOne = !noun.endsWith("s");
  return PLURALS[noun] ?? (isOne ? PEOPLE[by] : undefined) ?? noun;
}

function inOurWords(value, name) {
  if (Array.isArray(value)) return value.map((each) => inOurWords(each));
  if (typeof value === "string" && OURS.test(value)) return new Date(value).toISOString();
  if (value && (name === "cursor" || name === "endCursor")) return ourCursorOf(value);
  if (!value || typeof value !== "object") return value;
  if (name === "current") return inOurWords(value.nodes[0]);
  if (value.nodes && !PAGES.has(name)) return inOurWords(value.nodes);
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [nameOf(field), inOurWords(each, nameOf(field))]),
  );
}

export function answerOf(name, data) {
  const answer = inOurWords(data);
  if (name === "M1") answer.submitScorecard.userErrors = [];
  return answer;
}
