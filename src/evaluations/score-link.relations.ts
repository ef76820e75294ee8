import { Application } from "../candidates/application.entity";
import { Member } from "../identity/member.entity";
import { runsHiring, type Viewer } from "../identity/viewer.rules";
import { one, pages, part } from "../platform/db/nouns";
import { ScoreLink } from "./score-link.entity";

/** Those who run the hiring know which links there are. */
export const scoreLinks = part(ScoreLink, Application, {
  by: "applicationId",
  only: (viewer: Viewer) => `${runsHiring(viewer)}`,
  descending: true,
});

export const applicationOfScoreLink = one(ScoreLink, "application", Application, {
  by: "applicationId",
  always: true,
  description: "Whose score it shows.",
});

export const scoreLinksOfApplication = pages(Application, "scoreLinks", ScoreLink, {
  by: "applicationId",
  description: "Links to the picture of the score, newest first; for those who run the hiring.",
});

export const makerOfScoreLink = one(ScoreLink, "createdBy", Member, {
  by: "createdById",
  always: true,
  description: "Who made it; it shows what they may see.",
});
