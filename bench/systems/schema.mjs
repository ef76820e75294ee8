/** What Mercurius and Yoga publish: the part of our schema that is asked for. */
export const SCHEMA = `
  scalar DateTime

  interface Node { id: ID! }

  type Query {
    node(id: ID!): Node
    interviewSessions(first: Int!, after: String): InterviewSessionConnection!
    questions(first: Int!): QuestionConnection!
  }

  type Mutation {
    submitScorecard(input: SubmitScorecardInput!): SubmitScorecardPayload!
  }

  input SubmitScorecardInput { id: ID! version: Int! }
  type SubmitScorecardPayload { scorecard: Scorecard userErrors: [UserError!]! }
  type UserError { message: String! }

  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type InterviewSessionConnection { edges: [InterviewSessionEdge!]! nodes: [InterviewSession!]! pageInfo: PageInfo! totalCount: Int! }
  type InterviewSessionEdge { cursor: String! node: InterviewSession! }
  type QuestionConnection { nodes: [Question!]! pageInfo: PageInfo! totalCount: Int! }
  type StandingConnection { nodes: [Standing!]! }
  enum StandingOrder { SCORE }

  type InterviewSession implements Node {
    id: ID! startsAt: DateTime state: String! place: String
    application: Application! panel: [Panelist!]! scorecards: [Scorecard!]!
  }
  type Application implements Node { id: ID! candidate: Candidate job: Job! }
  type Candidate { id: ID! name: String! email: String }
  type Job implements Node { id: ID! title: String! standings(first: Int!, orderBy: StandingOrder): StandingConnection! }
  type Member { id: ID! name: String! }
  type Panelist { id: ID! seat: String! member: Member! }
  type Scorecard {
    id: ID! state: String! version: Int! recommendation: String submittedAt: DateTime
    interviewer: Member! ratings: [Rating!]! session: InterviewSession!
  }
  type Rating { id: ID! value: Int outcome: String! evidence: String! criterion: Criterion! }
  type Criterion { id: ID! name: String! skill: Skill! }
  type Skill { id: ID! name: String! }
  type Question { id: ID! externalKey: String createdAt: DateTime! version: Int! current: QuestionVersion! }
  type QuestionVersion {
    id: ID! number: Int! state: String! kind: String! title: String stem: String! level: String difficulty: Int minutes: Int
  }
  type Standing {
    id: ID! score: Float coverage: Float probabilityAbovePass: Float intervalLower: Float intervalUpper: Float
    borderline: Boolean band: String recommendation: String! raterCount: Int! application: Application!
  }
`;
