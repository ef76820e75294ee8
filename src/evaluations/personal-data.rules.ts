/** Whom the texts of scores and decisions are about. Frozen evidence is numbers and ids. */
export const texts = {
  ScorePrior: { panels: "NONE", methodVersion: "NONE" },
  Standing: { band: "NONE", recommendation: "NONE", methodVersion: "NONE" },
  DebriefNote: { text: "CANDIDATE" },
  Decision: {
    state: "NONE",
    outcome: "NONE",
    rationale: "CANDIDATE",
    departureReason: "CANDIDATE",
    evidence: "NONE",
    score: "NONE",
    methodVersion: "NONE",
    reopenedReason: "CANDIDATE",
  },
  Dissent: { reason: "CANDIDATE" },
  ScoreLink: { secretHash: "NONE" },
} as const;
