import { Member } from "../identity/member.entity";
import { everyone, noun, one, pages } from "../platform/db/nouns";
import { RubricVersion } from "../question-bank/rubric.entity";
import { ScorePrior } from "./score-prior.entity";

/** It pools many panels and tells of no candidate. */
export const scorePriors = noun(ScorePrior, { visible: everyone, descending: true });

export const rubricOfPrior = one(ScorePrior, "rubricVersion", RubricVersion, {
  by: "rubricVersionId",
  always: true,
  description: "The rubric version whose panels it pools.",
});

export const priorsOfRubric = pages(RubricVersion, "scorePriors", ScorePrior, {
  by: "rubricVersionId",
  description: "How far single raters were apart on it, newest estimate first: the newest holds.",
});

export const memberOfPrior = one(ScorePrior, "renewedBy", Member, {
  by: "renewedById",
  description: "Who had it renewed; null where no member did.",
});
