/** GraphQL Yoga 5 on node:http, with a DataLoader for each relation, made anew for each request. */
import { createServer } from "node:http";
import DataLoader from "dataloader";
import { createSchema, createYoga } from "graphql-yoga";
import { listening, signedIn } from "./door.mjs";
import { resolvers } from "./resolvers.mjs";
import { SCHEMA } from "./schema.mjs";
import { byIds, childrenOf, currentOf, scorecardsOf } from "./tables.mjs";
import { Reads } from "./walled.mjs";

const TARGETS = ["Application", "Candidate", "Criterion", "InterviewSession", "Job", "Member", "Skill"];

function loadersOf(reads) {
  const rows = TARGETS.map((type) => [type, new DataLoader((ids) => byIds(reads, type, ids))]);
  return {
    ...Object.fromEntries(rows),
    panel: new DataLoader((ids) => childrenOf(reads, "Panelist", "sessionId", ids)),
    scorecards: new DataLoader((ids) => scorecardsOf(reads, ids)),
    ratings: new DataLoader((ids) => childrenOf(reads, "Rating", "scorecardId", ids)),
    current: new DataLoader((ids) => currentOf(reads, ids)),
  };
}

const one =
  (type, by) =>
  (parent, _, { loaders }) =>
    loaders[type].load(parent[by]);
const many =
  (name) =>
  (parent, _, { loaders }) =>
    loaders[name].load(parent.id);

const relations = {
  InterviewSession: {
    application: one("Application", "applicationId"),
    panel: many("panel"),
    scorecards: many("scorecards"),
  },
  Application: { candidate: one("Candidate", "candidateId"), job: one("Job", "jobId") },
  Panelist: { member: one("Member", "memberId") },
  Scorecard: {
    interviewer: one("Member", "interviewerId"),
    ratings: many("ratings"),
    session: one("InterviewSession", "sessionId"),
  },
  Rating: { criterion: one("Criterion", "criterionId") },
  Criterion: { skill: one("Skill", "skillId") },
  Question: { current: many("current") },
  Standing: { application: one("Application", "applicationId") },
};

const endReads = {
  onExecute: () => ({
    onExecuteDone: ({ args }) => {
      void args.contextValue.reads.end();
    },
  }),
};

const { Node, ...others } = resolvers;
const yoga = createYoga({
  schema: createSchema({
    typeDefs: SCHEMA,
    resolvers: [{ Node: { __resolveType: Node.resolveType }, ...others }, relations],
  }),
  graphiql: false,
  landingPage: false,
  logging: false,
  plugins: [endReads],
  context: async ({ request }) => {
    const viewer = await signedIn(request.headers.get("authorization"));
    const reads = new Reads(viewer.organizationId);
    return { ...viewer, reads, loaders: loadersOf(reads) };
  },
});

const server = createServer(yoga);
server.listen(0, "127.0.0.1", () => listening(server.address().port));
