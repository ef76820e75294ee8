import type { Viewer } from "../identity/viewer.rules";
import { noun } from "../platform/db/nouns";
import { Candidate } from "./candidate.entity";
import { maySeeEveryCandidate } from "./candidate.policy";

export const candidates = noun(Candidate, {
  visible: (viewer: Viewer) => `${maySeeEveryCandidate(viewer)}`,
  descending: true,
});
