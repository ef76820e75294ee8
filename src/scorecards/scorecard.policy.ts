import { hasScope, isKey, isMember, isWorker, type KeyViewer, runsHiring, type Viewer } from "../identity/viewer.rules";

interface Written {
  interviewerId: string;
  enteredByKeyId: string | null;
}

/**
 * No member writes for somebody else. A key does so where it has entered the card itself: another one's is as hidden from
 * it as a member's own, and a rotated key is the same key.
 */
export const mayWriteScorecard = (viewer: Viewer, { interviewerId, enteredByKeyId }: Written): boolean =>
  isMember(viewer) ? viewer.id === interviewerId : mayEnterScorecards(viewer) && viewer.id === enteredByKeyId;

/** Who writes on behalf of members of a panel. */
export const mayEnterScorecards = (viewer: Viewer): viewer is KeyViewer =>
  isKey(viewer) && hasScope(viewer, "scorecards:write");

/** Who reads the submitted scorecards of a session on whose panel they do not sit. */
export const mayReadFromOutside = (viewer: Viewer): boolean =>
  runsHiring(viewer) || isWorker(viewer) || hasScope(viewer, "scorecards:read");
