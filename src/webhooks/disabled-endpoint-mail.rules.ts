interface DisabledEndpoint {
  /** The whole address may hold a secret. */
  host: string;
  reason: string | null;
  url: string;
}

/** To somebody who can mend it. */
export function endpointDisabled({ host, reason, url }: DisabledEndpoint) {
  return {
    subject: `Webhooks to ${host} were switched off`,
    paragraphs: [
      `Assay sends no more webhooks to ${host}. What happens from now on is kept, and sent once the endpoint is enabled again.`,
      "See in its deliveries what the receiver answered, mend the receiver, try it with `testWebhook`, and enable the endpoint with `enableWebhookEndpoint`.",
    ],
    facts: [{ label: "Receiver", value: host }, ...(reason ? [{ label: "Reason", value: reason }] : [])],
    link: { label: "Open Assay", url },
    why: "You get this mail because you are ADMIN.",
  };
}
