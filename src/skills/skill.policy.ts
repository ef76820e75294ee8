import { runsHiring, type Viewer } from "../identity/viewer.rules";

/** Skills and role profiles are kept by those who run the hiring. */
export const mayKeepSkills = (viewer: Viewer): boolean => runsHiring(viewer);
