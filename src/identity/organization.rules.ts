/**
 * When a panellist may read the others' submitted scorecards of a session.
 * NEVER: not at all. AFTER_OWN_SUBMISSION: once their own is in. ALWAYS: as soon as they are submitted.
 */
export const FEEDBACK_VISIBILITIES = ["NEVER", "AFTER_OWN_SUBMISSION", "ALWAYS"] as const;
export type FeedbackVisibility = (typeof FEEDBACK_VISIBILITIES)[number];

/** What an organisation asks of scorecards, and who reads them when. */
export interface Settings {
  feedbackVisibility: FeedbackVisibility;
  requireEveryCriterion: boolean;
  requireEvidenceForExtremes: boolean;
}

type Nullable<T> = { [K in keyof T]?: T[K] | null };

/** Those of the written settings that differ from what holds; what is left out or null stays. */
export function changedSettings(current: Settings, written: Nullable<Settings>): Partial<Settings> {
  const names = ["feedbackVisibility", "requireEveryCriterion", "requireEvidenceForExtremes"] as const;
  const changed = names.filter((name) => (written[name] ?? current[name]) !== current[name]);
  return Object.fromEntries(changed.map((name) => [name, written[name]]));
}
