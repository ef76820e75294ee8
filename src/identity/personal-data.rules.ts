/** Whom the texts of the organisation and of the platform's own tables are about. */
export const texts = {
  Organization: { name: "NONE", feedbackVisibility: "NONE" },
  Member: { email: "MEMBER", name: "MEMBER", role: "NONE", deactivationReason: "MEMBER", timeZone: "MEMBER" },
  ApiKey: {
    name: "NONE",
    environment: "NONE",
    scopes: "NONE",
    secretHash: "NONE",
    formerSecretHash: "NONE",
  },
  // What was refused is told in the server's words, and names what left by its id.
  AccessEntry: {
    kind: "NONE",
    about: "NONE",
    code: "NONE",
    actorKind: "NONE",
    requestId: "NONE",
    address: "MEMBER",
  },
  JournalEntry: { type: "NONE", actorKind: "NONE", requestId: "NONE", changes: "NONE" },
  JournalCursor: { listener: "NONE" },
  // An answer says of a candidate whatever was asked; what is stored of a batch says what it was called elsewhere.
  IdempotentRequest: { key: "NONE", requestHash: "NONE", result: "CANDIDATE", answer: "CANDIDATE" },
  SetAsideJob: { job: "NONE", facts: "NONE", failure: "MEMBER" },
} as const;
