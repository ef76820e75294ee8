import { hasScope, isAuditor, isWorker, runsHiring, type Viewer } from "../identity/viewer.rules";

/** Kits and sessions are planned by those who run the hiring. */
export const mayPlanInterviews = (viewer: Viewer): boolean => runsHiring(viewer);

/** Everybody else sees the sessions on whose panel they sit. */
export const maySeeEverySession = (viewer: Viewer): boolean =>
  runsHiring(viewer) || isAuditor(viewer) || isWorker(viewer) || hasScope(viewer, "interviews:read");

/** A session is moved on by its panel and by those who run the hiring. */
export const mayMoveSession = (viewer: Viewer, panel: readonly { memberId: string }[]): boolean =>
  runsHiring(viewer) || panel.some(({ memberId }) => memberId === viewer.id);
