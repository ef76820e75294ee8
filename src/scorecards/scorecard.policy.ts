import { hasScope, isMember, isWorker, runsHiring, type Viewer } from "../identity/viewer.rules";

/** Nobody writes for somebody else. */
export const mayWriteScorecard = (viewer: Viewer, { interviewerId }: { interviewerId: string }): boolean =>
  isMember(viewer) && viewer.id === interviewerId;

/** Who reads the submitted scorecards of a session on whose panel they do not sit. */
export const mayReadFromOutside = (viewer: Viewer): boolean =>
  runsHiring(viewer) || isWorker(viewer) || hasScope(viewer, "scorecards:read");
