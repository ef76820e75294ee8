/** Whom the texts of webhooks are about. Bodies hold ids; what a receiver answers may say whom it is about. */
export const texts = {
  WebhookEndpoint: {
    url: "NONE",
    description: "NONE",
    eventTypes: "NONE",
    state: "NONE",
    disabledReason: "NONE",
    secret: "NONE",
    formerSecret: "NONE",
  },
  WebhookDelivery: { type: "NONE", body: "NONE", state: "NONE" },
  WebhookAttempt: {
    requestHeaders: "NONE",
    responseHeaders: "CANDIDATE",
    responseBody: "CANDIDATE",
    failure: "NONE",
  },
} as const;
