/** The tabs that GraphiQL opens with. Each runs as it stands on the demo data; a test runs them. */
export const DEMO_TABS: readonly { title: string; query: string }[] = [
  {
    title: "Who am I, and what is there?",
    query: `query Welcome {
  viewer {
    member { name role }
    organization { name feedbackVisibility }
  }
  jobs(first: 10) { totalCount nodes { id title } }
  candidates(first: 10) { totalCount nodes { id name } }
}`,
  },
  {
    title: "The dashboard: sessions with everything about them",
    query: `query Dashboard {
  interviewSessions(first: 50) {
    nodes {
      id
      state
      startsAt
      timeZone
      application { candidate { name } job { title } }
      panel { member { name } seat feedbackRequired feedbackGivenAt }
      scorecards {
        recommendation
        interviewer { name }
        ratings { outcome value criterion { name skill { name } } }
      }
    }
  }
}`,
  },
  {
    title: "The explained score: where each number comes from",
    query: `query ExplainedScore {
  applications(first: 10) {
    nodes {
      candidate { name }
      job { title }
      evaluation {
        recommendation
        borderline
        probabilityAbovePass
        overall { score coverage band standardError interval { lower upper } uncertaintyReason }
        skills { skill { name } score coverage raterCount }
        criteria { criterion { name } score contribution disagreement }
        gates { kind skill { name } status actual min }
      }
    }
  }
}`,
  },
  {
    title: "Rubrics, anchored in what an interviewer can observe",
    query: `query Rubrics {
  rubrics(first: 5) {
    nodes {
      name
      versions(first: 1) {
        nodes { number criteria { name weight skill { name } anchors { value label behaviour } } }
      }
    }
  }
}`,
  },
  {
    title: "Search the question bank",
    query: `query Search {
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
  {
    title: "An interview of sixty minutes: kits with their questions",
    query: `query Kits {
  interviewKits(first: 10) {
    nodes {
      name
      minutes
      profileVersion { profile { name } level passMark expectations { skill { name } level weight } }
      rubricVersion { criteria { name skill { name } } }
      questions { minutes questionVersion { title kind } }
    }
  }
}`,
  },
  {
    title: "What waits for a review",
    query: `query Reviews {
  searchQuestions(filter: { states: [IN_REVIEW] }) {
    results { totalCount nodes { title stem authors { name } question { id version bank { name } } } }
  }
}`,
  },
];
