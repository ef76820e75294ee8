import { version } from "../../package.json";
import { type Exchange, post } from "../platform/http/outbound-call";
import { signedHeaders } from "../platform/http/standard-webhook";
import type { Outbound } from "../platform/jobs/outbound";
import type { Reply } from "./webhook-aftermath.rules";
import type { WebhookAttempt, WebhookDelivery } from "./webhook-delivery.entity";
import type { WebhookEndpoint } from "./webhook-endpoint.entity";
import { validSecrets } from "./webhook-endpoint.rules";
import { logHeaders, logText } from "./webhook-log.rules";

type Letter = Pick<WebhookDelivery, "id" | "body">;

/** What was sent, and what came of it. */
export interface Sending {
  reply: Reply;
  log: Pick<
    WebhookAttempt,
    "durationMilliseconds" | "requestHeaders" | "responseStatus" | "responseHeaders" | "responseBody"
  >;
}

/** Sends a delivery, signed at this instant with each secret that is valid. Never throws. */
export async function send(
  outbound: Outbound,
  endpoint: WebhookEndpoint,
  { id, body }: Letter,
  now: Date,
): Promise<Sending> {
  const timestampSeconds = Math.floor(now.getTime() / 1000);
  const headers = {
    "content-type": "application/json",
    "user-agent": `Assay-Webhooks/${version}`,
    accept: "*/*",
    "accept-encoding": "identity",
    ...signedHeaders({ id, timestampSeconds, body }, validSecrets(endpoint, now)),
  };
  const exchange = await post(outbound, { url: endpoint.url, headers, body });
  return { reply: replyOf(exchange), log: logOf(headers, exchange) };
}

/** The same, without what the receiver said. That it answered, and how, stays. */
export const withoutAnswer = ({ reply, log }: Sending): Sending => ({
  reply,
  log: { ...log, responseHeaders: null, responseBody: null },
});

/** A try of which nobody will ever know what came of it. */
export const unknownSending = (failure: string): Sending => ({
  reply: { status: null, failure },
  log: {
    durationMilliseconds: 0,
    requestHeaders: "",
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
  },
});

const replyOf = ({ status, headers, failure }: Exchange): Reply => ({
  status,
  retryAfter: headers?.["retry-after"],
  failure,
});

const logOf = (requestHeaders: Record<string, string>, exchange: Exchange): Sending["log"] => ({
  durationMilliseconds: exchange.durationMilliseconds,
  requestHeaders: logHeaders(requestHeaders),
  responseStatus: exchange.status,
  responseHeaders: exchange.headers && logHeaders(exchange.headers),
  responseBody: exchange.body === null ? null : logText(exchange.body),
});
