import { runsHiring, type Viewer } from "../identity/viewer.rules";

/** What the scores of everybody lean on is renewed by those who run the hiring. */
export const mayRenewScorePrior = (viewer: Viewer): boolean => runsHiring(viewer);
