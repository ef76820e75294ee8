import { isMember, type Viewer } from "../identity/viewer.rules";

/** Whoever interviews or hires may write questions and rubrics; who checks the process may not. */
export const mayWriteQuestions = (viewer: Viewer): boolean => isMember(viewer) && viewer.role !== "AUDITOR";
