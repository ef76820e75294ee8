/** Seniority, in ascending order. */
export type Level = "JUNIOR" | "JUNIOR_PLUS" | "MIDDLE" | "MIDDLE_PLUS" | "SENIOR";
