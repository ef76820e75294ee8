import { may } from "../identity/grant.rules";
import { isMember, runsHiring, type Viewer } from "../identity/viewer.rules";

/** Whoever interviews or hires may write questions and rubrics; who checks the process may not. */
export const mayWriteQuestions = (viewer: Viewer): boolean => isMember(viewer) && may(viewer, "createQuestion");

/** Keys, guidance and review comments are for those who write and ask: no auditor, no program, no candidate. */
export const maySeeKeys = (viewer: Viewer): boolean => mayWriteQuestions(viewer);

/** Whoever wrote in a version may not review it. */
export const isAuthor = (viewer: Viewer, authorIds: readonly string[]): boolean =>
  isMember(viewer) && authorIds.includes(viewer.id);

/** Those who run the hiring may vouch for a file that was reviewed elsewhere. */
export const mayVouch = (viewer: Viewer): boolean => runsHiring(viewer);
