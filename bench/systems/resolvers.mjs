import { GraphQLScalarType } from "graphql";
import { stateAt } from "../../dist/src/interviews/interview-session.rules.js";
import { submitScorecard } from "./submit.mjs";
import { countOf, nodeOf, pageOf, standingsOf } from "./tables.mjs";

const DateTime = new GraphQLScalarType({ name: "DateTime", serialize: (instant) => instant.toISOString() });

const totalCount = ({ type }, _, { reads }) => countOf(reads, type);

/** What Mercurius and Yoga resolve alike: everything but the relations, which each batches in its own way. */
export const resolvers = {
  DateTime,
  Node: { resolveType: ({ __typename }) => __typename },
  Query: {
    node: (_, { id }, { reads }) => nodeOf(reads, id),
    interviewSessions: (_, page, { reads }) => pageOf(reads, "InterviewSession", page),
    questions: (_, page, { reads }) => pageOf(reads, "Question", page),
  },
  Mutation: {
    submitScorecard: async (_, { input }, viewer) => ({
      scorecard: await submitScorecard(viewer, input),
      userErrors: [],
    }),
  },
  InterviewSessionConnection: { totalCount },
  QuestionConnection: { totalCount },
  InterviewSession: { state: (session) => stateAt(session, new Date()) },
  Job: { standings: async ({ id }, { first }, { reads }) => ({ nodes: await standingsOf(reads, id, first) }) },
};
