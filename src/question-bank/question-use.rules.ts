/** PLANNED: put into an interview kit. ASKED: asked in an interview. */
export type UseOccasion = "PLANNED" | "ASKED";
