import { changedSettings, type Settings } from "../../src/identity/organization.rules";

const CURRENT: Settings = {
  name: "Acme",
  feedbackVisibility: "AFTER_OWN_SUBMISSION",
  requireEveryCriterion: true,
  requireEvidenceForExtremes: false,
  candidateRetentionDays: 365,
};

describe("settings that change", () => {
  test.each<[string, Parameters<typeof changedSettings>[1], Partial<Settings>]>([
    ["nothing written", {}, {}],
    ["null", { feedbackVisibility: null, requireEveryCriterion: null }, {}],
    ["what holds already", { feedbackVisibility: "AFTER_OWN_SUBMISSION", requireEvidenceForExtremes: false }, {}],
    ["one", { feedbackVisibility: "NEVER" }, { feedbackVisibility: "NEVER" }],
    ["the name", { name: "Acme Holding", feedbackVisibility: null }, { name: "Acme Holding" }],
    ["the same name", { name: "Acme" }, {}],
    ["for how long candidates are kept", { candidateRetentionDays: 30 }, { candidateRetentionDays: 30 }],
    ["for how long, to for ever", { candidateRetentionDays: null }, { candidateRetentionDays: null }],
    ["for as long as now", { candidateRetentionDays: 365 }, {}],
    [
      "one to false, beside what holds",
      { requireEveryCriterion: false, requireEvidenceForExtremes: false },
      { requireEveryCriterion: false },
    ],
    [
      "all",
      { feedbackVisibility: "ALWAYS", requireEveryCriterion: false, requireEvidenceForExtremes: true },
      { feedbackVisibility: "ALWAYS", requireEveryCriterion: false, requireEvidenceForExtremes: true },
    ],
  ])("%s", (_, written, expected) => {
    expect(changedSettings(CURRENT, written)).toEqual(expected);
  });
});
