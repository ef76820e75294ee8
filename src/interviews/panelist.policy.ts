import { isMember, type Viewer } from "../identity/viewer.rules";
import { isRated } from "./interview-session.rules";

interface Placed {
  memberId: string;
}

type Panel = Parameters<typeof isRated>[0];

/**
 * Nobody takes away or changes their own seat: they would step out of their own blindness, and read the others before
 * they wrote. With a key, nobody knows who does it: once a scorecard is in, it leaves the seats alone.
 */
export const mayTakeSeat = (viewer: Viewer, { memberId }: Placed, panel: Panel): boolean =>
  isMember(viewer) ? viewer.id !== memberId : !isRated(panel);

/** Nobody seats themselves where a scorecard is in, nor does a key seat anybody: they may have read it from outside, before they write their own. */
export const maySeat = (viewer: Viewer, { memberId }: Placed, panel: Panel): boolean =>
  (isMember(viewer) && viewer.id !== memberId) || !isRated(panel);

/** Nobody answers for somebody else. */
export const mayAnswer = (viewer: Viewer, { memberId }: Placed): boolean => isMember(viewer) && viewer.id === memberId;
