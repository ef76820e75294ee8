import { may } from "../identity/grant.rules";
import { isMember, type MemberViewer, type Viewer } from "../identity/viewer.rules";

/** What leaves the house is the business of those who run the hiring. */
export const mayKeepScoreLinks = (viewer: Viewer): viewer is MemberViewer =>
  isMember(viewer) && may(viewer, "createScoreLink");
