/*
 * What the screens of a dashboard ask: one query each.
 */

const WHOM = "application { id candidate { id name } job { id title } }";
const PANEL = "panel { id seat response feedbackRequired feedbackGivenAt waivedAt member { id name } }";

/** An interviewer's day: what waits, and what comes. */
export const DAY = `query Day {
  viewer {
    member { id name role }
    organization { name }
    toDo {
      scorecards {
        dueAt
        minutesLate
        interviewSession { id startsAt ${WHOM} }
        panelist { id seat }
        draft { id version }
      }
      questionReviews { id number title stem question { id version bank { name } } authors { name } }
      rubricReviews { id number rubric { id name version } authors { name } }
      debriefs { id candidate { name } job { title } debrief { openedAt } }
    }
    upcomingSessions(first: 20) {
      totalCount
      nodes { id state startsAt endsAt timeZone place ${WHOM} kit { id name minutes } ${PANEL} }
    }
  }
}`;

/** The interview: what to ask, how to judge it, and one's own scorecard. */
export const INTERVIEW = `query Interview($sessionId: ID!) {
  node(id: $sessionId) {
    ... on InterviewSession {
      id
      version
      state
      startsAt
      endsAt
      timeZone
      place
      ${WHOM}
      kit { id name minutes }
      ${PANEL}
      questions {
        id
        position
        minutes
        askedAt
        spentSeconds
        notes { id text version }
        questionVersion { id title kind stem stemFormat skills { name } guidance { good followUps redFlags } }
      }
      rubricVersion {
        id
        number
        rubric { name }
        criteria { id name weight scaleMin scaleMax skill { name } anchors { value label behaviour } }
      }
      ownScorecard {
        id
        version
        state
        recommendation
        summary
        ratings { id outcome value evidence criterion { id } }
      }
    }
  }
}`;

/** The debrief: what the panel saw, what it comes to, what to talk about, and what is decided. */
export const DEBRIEF = `query Debrief($applicationId: ID!) {
  node(id: $applicationId) {
    ... on Application {
      id
      status
      candidate { id name }
      job { id title profileVersion { passMark } }
      interviewSessions(first: 50) {
        nodes {
          id
          state
          startsAt
          kit { name }
          ${PANEL}
          scorecards {
            id
            state
            revision
            recommendation
            summary
            submittedAt
            interviewer { id name }
            ratings { outcome value evidence criterion { id name } }
          }
        }
      }
      evaluation {
        methodVersion
        recommendation
        probabilityAbovePass
        borderline
        opposed
        overall { score coverage band standardError interval { lower upper } reason uncertaintyReason }
        skills { skill { id name } score coverage raterCount }
        criteria { criterion { id name } score contribution disagreement raterCount }
        gates { kind status min actual skill { name } criterion { name } }
      }
      debrief {
        openedAt
        topics { kind why found bound effect criterion { id name } skill { id name } }
      }
      debriefNotes(first: 50) { nodes { id text createdAt author { name } } }
      decisions(first: 10) {
        nodes {
          id
          version
          number
          state
          outcome
          rationale
          departureReason
          decidedAt
          proposedBy { name }
          decidedBy { name }
          dissents { reason member { name } }
        }
      }
    }
  }
}`;

/** How a job's candidates stand, best first. */
export const STANDINGS = `query Standings($jobId: ID!, $orderBy: StandingOrder) {
  node(id: $jobId) {
    ... on Job {
      id
      title
      standings(first: 50, orderBy: $orderBy) {
        totalCount
        nodes {
          id
          score
          coverage
          band
          recommendation
          probabilityAbovePass
          intervalLower
          intervalUpper
          borderline
          raterCount
          refreshedAt
          application { id status candidate { id name } }
        }
      }
    }
  }
}`;
