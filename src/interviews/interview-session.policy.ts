import { hasScope, isAuditor, isWorker, runsHiring, type Viewer } from "../identity/viewer.rules";
import type { SessionState } from "./interview-session.rules";
import { isInterviewing, type Seat } from "./panelist.rules";

/** Everybody else sees the sessions on whose panel they sit. */
export const maySeeEverySession = (viewer: Viewer): boolean =>
  runsHiring(viewer) || isAuditor(viewer) || isWorker(viewer) || hasScope(viewer, "interviews:read");

const plansInterviews = (viewer: Viewer): boolean => runsHiring(viewer) || hasScope(viewer, "interviews:write");

/** What an interviewer in the room can tell: that it begins, that it is over, that nobody came. */
const TOLD_BY_PANEL: readonly SessionState[] = ["IN_PROGRESS", "AWAITING_FEEDBACK", "NO_SHOW"];

/** Those who run the hiring move a session anywhere; of its panel, whoever asks and rates tells how it goes. */
export const mayMoveSession = (
  viewer: Viewer,
  panel: readonly { memberId: string; seat: Seat }[],
  to: SessionState,
): boolean => plansInterviews(viewer) || (TOLD_BY_PANEL.includes(to) && isInterviewing(panel, viewer.id));

/** Those who run the hiring mark what was asked, and those who ask. */
export const mayMarkAsked = (viewer: Viewer, panel: readonly { memberId: string; seat: Seat }[]): boolean =>
  runsHiring(viewer) || isInterviewing(panel, viewer.id);
