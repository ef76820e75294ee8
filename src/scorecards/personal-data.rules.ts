/** Whom the texts of scorecards are about. */
export const texts = {
  Scorecard: { state: "NONE", recommendation: "NONE", summary: "CANDIDATE", amendmentReason: "CANDIDATE" },
  Rating: { outcome: "NONE", evidence: "CANDIDATE" },
} as const;
