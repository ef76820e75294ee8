import { changesOf } from "./change.rules";

/**
 * When a panellist may read the others' submitted scorecards of a session.
 * NEVER: not at all. AFTER_OWN_SUBMISSION: once their own is in. ALWAYS: as soon as they are submitted.
 */
export const FEEDBACK_VISIBILITIES = ["NEVER", "AFTER_OWN_SUBMISSION", "ALWAYS"] as const;
export type FeedbackVisibility = (typeof FEEDBACK_VISIBILITIES)[number];

/** What an organisation is called, what it asks of scorecards, who reads them when, and how long it keeps candidates. */
export interface Settings {
  name: string;
  feedbackVisibility: FeedbackVisibility;
  requireEveryCriterion: boolean;
  requireEvidenceForExtremes: boolean;
  /** Null: for ever. */
  candidateRetentionDays: number | null;
}

/** Days for which candidates can be kept after the last that happened to them. */
export const LEAST_RETENTION_DAYS = 30;
export const MOST_RETENTION_DAYS = 3650;

/** Those of the written settings that differ from what holds; what is left out stays, and so does what is null but for `candidateRetentionDays`. */
export const changedSettings = (
  current: Settings,
  written: { [K in keyof Settings]?: Settings[K] | null },
): Partial<Settings> => ({
  ...changesOf(current, written, ["name", "feedbackVisibility", "requireEveryCriterion", "requireEvidenceForExtremes"]),
  ...changedRetention(current, written),
});

const changedRetention = (
  current: Settings,
  { candidateRetentionDays = current.candidateRetentionDays }: { candidateRetentionDays?: number | null },
): Partial<Settings> => (candidateRetentionDays === current.candidateRetentionDays ? {} : { candidateRetentionDays });
