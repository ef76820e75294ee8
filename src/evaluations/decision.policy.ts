import { may } from "../identity/grant.rules";
import { isMember, type MemberViewer, runsHiring, type Viewer } from "../identity/viewer.rules";
import type { Seat } from "../interviews/panelist.rules";

/** Whoever sees the score may say at the debrief what they think of it; an auditor only looks on. */
export const mayTakePart = (viewer: Viewer): viewer is MemberViewer =>
  isMember(viewer) && may(viewer, "addDebriefNote");

/** Whoever answers for the team decides. A recruiter proposes, so that who brings candidates in does not let them in. */
export const mayDecide = (viewer: Viewer): viewer is MemberViewer => isMember(viewer) && may(viewer, "recordDecision");

/** Those who run the hiring, and whoever led one of the interviews: `seats` are the viewer's own. */
export const mayPropose = (viewer: Viewer, seats: readonly { seat: Seat }[]): viewer is MemberViewer =>
  mayTakePart(viewer) && (runsHiring(viewer) || seats.some(({ seat }) => seat === "LEAD"));
