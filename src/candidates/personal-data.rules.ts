/** Whom the texts of candidates, jobs and applications are about. */
export const texts = {
  Candidate: { name: "CANDIDATE", email: "CANDIDATE" },
  ExternalReference: { system: "NONE", externalId: "CANDIDATE" },
  Job: { title: "NONE" },
  Application: { status: "NONE" },
} as const;

/** What an erased candidate is called. */
export const ERASED_NAME = "Erased candidate";

/** Name of an export, by the candidate's id: a name would tell whose it is wherever the file lies. */
export const exportFileName = (id: string): string => `candidate-${id}.json`;
