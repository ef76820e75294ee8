import { isMember, runsHiring, type Viewer } from "../identity/viewer.rules";
import { isRated } from "./interview-session.rules";

/** Those who run the hiring say who interviews. */
export const mayChangePanel = (viewer: Viewer): boolean => runsHiring(viewer);

interface Placed {
  memberId: string;
}

/** Nobody takes away or changes their own seat: they would step out of their own blindness, and read the others before they wrote. */
export const mayTakeSeat = (viewer: Viewer, { memberId }: Placed): boolean => viewer.id !== memberId;

/** Nobody seats themselves where a scorecard is in: they may have read it from outside, before they write their own. */
export const maySeat = (viewer: Viewer, { memberId }: Placed, panel: Parameters<typeof isRated>[0]): boolean =>
  viewer.id !== memberId || !isRated(panel);

/** Nobody answers for somebody else. */
export const mayAnswer = (viewer: Viewer, { memberId }: Placed): boolean => isMember(viewer) && viewer.id === memberId;
