/** What is asked, in our words; peers publish the same names, so that the same text runs. */

const Q1 = `query Dashboard($after: String) {
  interviewSessions(first: 50, after: $after) {
    edges {
      cursor
      node {
        id startsAt state place
        application { id candidate { id name email } job { id title } }
        panel { id seat member { id name } }
        scorecards {
          id recommendation submittedAt
          interviewer { id name }
          ratings { id value outcome evidence criterion { id name skill { id name } } }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const Q2 = `query Session($id: ID!) {
  node(id: $id) {
    ... on InterviewSession {
      id startsAt state
      application { id candidate { name } job { title } }
      panel { seat member { name } }
    }
  }
}`;

const Q3 = `query Questions {
  questions(first: 100) {
    nodes { id externalKey createdAt version }
    totalCount
  }
}`;

const Q3V = `query QuestionTexts {
  questions(first: 100) {
    nodes { id externalKey createdAt current { id number state kind title stem level difficulty minutes } }
    totalCount
  }
}`;

const Q4 = `query Score($id: ID!) {
  node(id: $id) {
    ... on Application {
      id
      evaluation {
        methodVersion recommendation probabilityAbovePass borderline opposed
        overall {
          score reason coverage band raterCount effectiveRaterCount raterStandardDeviation degreesOfFreedom standardError
          interval { lower upper level method }
        }
        skills { score coverage raterCount reason interval { lower upper } skill { id name } }
        criteria {
          raterCount score rawMean rawStandardDeviation range averageDeviation rwg disagreement notApplicable
          effectiveWeight contribution criterion { id name }
        }
        gates { kind min actual status criterion { id name } skill { id name } }
      }
    }
  }
}`;

const Q5 = `query Standings($id: ID!) {
  node(id: $id) {
    ... on Job {
      id title
      standings(first: 50, orderBy: SCORE) {
        nodes {
          id score coverage probabilityAbovePass intervalLower intervalUpper borderline band recommendation raterCount
          application { id candidate { id name } }
        }
      }
    }
  }
}`;

const M1 = `mutation Submit($input: SubmitScorecardInput!) {
  submitScorecard(input: $input) {
    scorecard { id state version interviewer { id name } session { id state } }
    userErrors { message }
  }
}`;

/** Everything that publishes a schema of our names. */
const READERS = ["assay", "postgraphile", "mercurius", "yoga", "naive", "limit"];

/** In the order in which they run. What writes comes last. */
export const QUERIES = {
  Q1: { about: "dashboard: 50 sessions with everything", text: Q1, systems: READERS },
  Q2: { about: "one session", text: Q2, systems: READERS },
  Q3: { about: "100 questions, flat, with totalCount", text: Q3, systems: READERS },
  Q3v: { about: "100 questions with what they ask", text: Q3V, systems: READERS },
  Q4: { about: "the explained score of one application", text: Q4, systems: ["assay", "naive", "limit"] },
  Q5: { about: "a job's standings", text: Q5, systems: READERS },
  M1: { about: "a scorecard is handed in", text: M1, systems: READERS, writes: true },
};
