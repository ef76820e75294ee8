import { hasScope, isAuditor, isWorker, runsHiring, type Viewer } from "../identity/viewer.rules";

/** Everybody else sees the candidates whom they interview, which the interviews slice adds. */
export const maySeeEveryCandidate = (viewer: Viewer): boolean =>
  runsHiring(viewer) || isWorker(viewer) || hasScope(viewer, "candidates:read");

/** An auditor follows the process without the person, and so does a key that reads interviews. */
export const maySeeEveryApplication = (viewer: Viewer): boolean =>
  maySeeEveryCandidate(viewer) || isAuditor(viewer) || hasScope(viewer, "interviews:read");
