import { isMember, type Viewer } from "./viewer.rules";

/** The rules of the house are for its administrators to change. */
export const mayChangeSettings = (viewer: Viewer): boolean => isMember(viewer) && viewer.role === "ADMIN";
