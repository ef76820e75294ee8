import { changesOf } from "./change.rules";

/**
 * When a panellist may read the others' submitted scorecards of a session.
 * NEVER: not at all. AFTER_OWN_SUBMISSION: once their own is in. ALWAYS: as soon as they are submitted.
 */
export const FEEDBACK_VISIBILITIES = ["NEVER", "AFTER_OWN_SUBMISSION", "ALWAYS"] as const;
export type FeedbackVisibility = (typeof FEEDBACK_VISIBILITIES)[number];

/** What an organisation is called, what it asks of scorecards, and who reads them when. */
export interface Settings {
  name: string;
  feedbackVisibility: FeedbackVisibility;
  requireEveryCriterion: boolean;
  requireEvidenceForExtremes: boolean;
}

/** Those of the written settings that differ from what holds; what is left out or null stays. */
export const changedSettings = (
  current: Settings,
  written: { [K in keyof Settings]?: Settings[K] | null },
): Partial<Settings> =>
  changesOf(current, written, ["name", "feedbackVisibility", "requireEveryCriterion", "requireEvidenceForExtremes"]);
