import { Application } from "../candidates/application.entity";
import { Member } from "../identity/member.entity";
import type { Viewer } from "../identity/viewer.rules";
import { many, one, pages, part } from "../platform/db/nouns";
import { Decision, Dissent } from "./decision.entity";
import { showsStoredScoresSql } from "./score-sight.relations";

/** A decision tells of the score. */
export const decisions = part(Decision, Application, {
  by: "applicationId",
  only: (viewer: Viewer, bind) => showsStoredScoresSql("t.application_id", viewer, bind),
  descending: true,
});
export const dissents = part(Dissent, Decision, { by: "decisionId" });

export const applicationOfDecision = one(Decision, "application", Application, {
  by: "applicationId",
  always: true,
  description: "What it is about.",
});

export const decisionsOfApplication = pages(Application, "decisions", Decision, {
  by: "applicationId",
  description: "What was proposed or decided, newest first. Without those that are kept from you, as the score is.",
});

export const proposerOfDecision = one(Decision, "proposedBy", Member, {
  by: "proposedById",
  description: "Who proposed it; null where it was recorded without a proposal.",
});

export const deciderOfDecision = one(Decision, "decidedBy", Member, {
  by: "decidedById",
  description: "Who recorded it; null while PROPOSED.",
});

export const reopenerOfDecision = one(Decision, "reopenedBy", Member, {
  by: "reopenedById",
  description: "Who reopened it; null unless REOPENED.",
});

export const dissentsOfDecision = many(Decision, "dissents", Dissent, {
  by: "decisionId",
  description: "Who disagrees, by name.",
});

export const decisionOfDissent = one(Dissent, "decision", Decision, {
  by: "decisionId",
  always: true,
  description: "The decision.",
});

export const memberOfDissent = one(Dissent, "member", Member, {
  by: "memberId",
  always: true,
  description: "Who disagrees.",
});
