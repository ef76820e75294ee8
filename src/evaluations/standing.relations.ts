import { Application } from "../candidates/application.entity";
import { Job } from "../candidates/job.entity";
import type { Viewer } from "../identity/viewer.rules";
import { one, pages, part } from "../platform/db/nouns";
import type { Order } from "../platform/db/order";
import { showsStoredScoresSql } from "./score-sight.relations";
import { Standing } from "./standing.entity";

export const standings = part(Standing, Application, {
  by: "applicationId",
  only: (viewer: Viewer, bind) => showsStoredScoresSql("t.application_id", viewer, bind),
});

/** What has no value comes last. */
const highestFirst = (name: string, column: string): Order => ({
  name,
  terms: [{ as: `${name}Place`, sql: `coalesce(t.${column}, -1)`, type: "double" }],
  descending: true,
});

export const standingsOfJob = pages(Job, "standings", Standing, {
  by: "jobId",
  description:
    "How the job's applications stand, best first. Brought up to date within seconds of each change. Without those whose score " +
    "is kept from you.",
  orders: {
    name: "StandingOrder",
    description: "The order of a job's standings.",
    byDefault: "SCORE",
    choices: {
      SCORE: { description: "Highest score first.", order: highestFirst("score", "score") },
      PROBABILITY: {
        description: "Most likely above the pass mark first: it knows how sure a score is.",
        order: highestFirst("probability", "probability_above_pass"),
      },
      COVERAGE: { description: "Most observed first.", order: highestFirst("coverage", "coverage") },
    },
  },
});

export const applicationOfStanding = one(Standing, "application", Application, {
  by: "applicationId",
  always: true,
  description: "The application.",
});

export const jobOfStanding = one(Standing, "job", Job, {
  by: "jobId",
  always: true,
  description: "The job that it is for.",
});
