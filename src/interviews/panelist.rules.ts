/** LEAD runs the interview, INTERVIEWER asks and rates, SHADOW listens and learns. */
export const SEATS = ["LEAD", "INTERVIEWER", "SHADOW"] as const;
export type Seat = (typeof SEATS)[number];
