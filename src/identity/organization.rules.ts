/**
 * When a panellist may read the others' submitted scorecards of a session.
 * NEVER: not at all. AFTER_OWN_SUBMISSION: once their own is in. ALWAYS: as soon as they are submitted.
 */
export const FEEDBACK_VISIBILITIES = ["NEVER", "AFTER_OWN_SUBMISSION", "ALWAYS"] as const;
export type FeedbackVisibility = (typeof FEEDBACK_VISIBILITIES)[number];
