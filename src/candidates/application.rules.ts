/** ACTIVE until somebody decides. A decision that is reopened makes it ACTIVE again. */
export const APPLICATION_STATUSES = ["ACTIVE", "HIRED", "REJECTED"] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];
