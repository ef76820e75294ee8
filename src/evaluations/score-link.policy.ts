import { isMember, type MemberViewer, runsHiring, type Viewer } from "../identity/viewer.rules";

/** What leaves the house is the business of those who run the hiring. */
export const mayKeepScoreLinks = (viewer: Viewer): viewer is MemberViewer => isMember(viewer) && runsHiring(viewer);
