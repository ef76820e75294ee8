import { isMember, type Viewer } from "./viewer.rules";

/** Why somebody was deactivated is between them and those who did it. */
export const mayReadReason = (viewer: Viewer): boolean => isMember(viewer) && viewer.role === "ADMIN";
