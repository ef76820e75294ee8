/** Seniority, in ascending order. */
export const LEVELS = ["JUNIOR", "JUNIOR_PLUS", "MIDDLE", "MIDDLE_PLUS", "SENIOR"] as const;
export type Level = (typeof LEVELS)[number];
