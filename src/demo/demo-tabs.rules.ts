/** What the variables of the tabs name. */
export interface DemoIds {
  /** A session that the guide is in the middle of. */
  session: string;
  /** Criteria of its rubric, in order. */
  criteria: readonly string[];
  /** An application whose score is complete. */
  application: string;
  /** A job with many candidates. */
  job: string;
}

export interface DemoTab {
  title: string;
  query: string;
  variables?: (ids: DemoIds) => object;
}

/** The tabs that GraphiQL opens with, in the order of a story. Each runs as it stands on the demo data; tests run them. */
export const DEMO_TABS: readonly DemoTab[] = [
  {
    title: "My day: what waits for me, whom I meet next",
    query: `query MyDay {
  viewer {
    member { name role }
    toDo {
      scorecards {
        dueAt
        minutesLate
        interviewSession { id application { candidate { name } job { title } } }
      }
      questionReviews { title authors { name } }
      debriefs { id candidate { name } debrief { openedAt topics { kind why } } }
    }
    upcomingSessions(first: 10) {
      nodes {
        id
        state
        startsAt
        timeZone
        place
        application { candidate { name } job { title } }
        kit { name minutes }
        panel { member { name } seat response }
      }
    }
  }
}`,
  },
  {
    title: "The interview screen: what to ask, how to rate",
    query: `query InterviewScreen($session: ID!) {
  node(id: $session) {
    ... on InterviewSession {
      state
      startsAt
      application { candidate { name } job { title } }
      questions {
        minutes
        askedAt
        spentSeconds
        questionVersion { title stem guidance { good followUps redFlags } }
        notes { text }
      }
      rubricVersion {
        criteria { name skill { name } weight anchors { value label behaviour } }
      }
      ownScorecard { state recommendation ratings { criterion { name } value evidence } }
    }
  }
}`,
    variables: ({ session }) => ({ session }),
  },
  {
    title: "A draft that only I see. Run it twice!",
    query: `mutation RecordScorecard($input: SaveScorecardInput!) {
  saveScorecard(input: $input) {
    scorecard {
      id
      version
      state
      ratings { criterion { name } outcome value evidence }
    }
    userErrors { code message field }
  }
}`,
    variables: ({ session, criteria }) => ({
      input: {
        sessionId: session,
        summary: "Asks before assuming.",
        ratings: [
          { criterionId: criteria[0], outcome: "RATED", value: 4, evidence: "Named the race before I did." },
          { criterionId: criteria[1], outcome: "NOT_OBSERVED" },
        ],
      },
    }),
  },
  {
    title: "The explained score: where each number comes from",
    query: `query ExplainedScore($application: ID!) {
  node(id: $application) {
    ... on Application {
      candidate { name }
      evaluation {
        recommendation
        borderline
        probabilityAbovePass
        overall { score coverage band standardError interval { lower upper } raterCount }
        skills { skill { name } score coverage raterCount }
        criteria { criterion { name } score contribution disagreement }
        gates { kind skill { name } status actual min }
        priors { number standardDeviation degreesOfFreedom }
        methodVersion
      }
    }
  }
}`,
    variables: ({ application }) => ({ application }),
  },
  {
    title: "Standings, without those whom I still owe",
    query: `query Standings($job: ID!) {
  node(id: $job) {
    ... on Job {
      title
      standings(first: 25, orderBy: PROBABILITY) {
        totalCount
        nodes {
          application { id status candidate { name } }
          score
          intervalLower
          intervalUpper
          probabilityAbovePass
          coverage
          recommendation
          borderline
        }
      }
    }
  }
}`,
    variables: ({ job }) => ({ job }),
  },
  {
    title: "Search the question bank",
    query: `query SearchQuestions {
  searchQuestions(filter: { text: "index", levels: [MIDDLE, MIDDLE_PLUS], states: [READY] }) {
    results(first: 5) {
      totalCount
      nodes {
        id
        title
        kind
        level
        minutes
        skills { name }
        stem
        guidance { good followUps redFlags }
        ... on SingleChoiceQuestion { options { text creditMillis feedback { text } } }
      }
    }
    facets { skills { skill { name } count } kinds { kind count } }
  }
}`,
  },
];
