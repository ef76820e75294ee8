import { createHmac, timingSafeEqual } from "node:crypto";

/** The event, or null where it is not signed with the secret, or was not sent in the last five minutes. `body`: text, as it came. */
export function verified(secret, headers, body) {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures = "" } = headers;
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= 300)) return null;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const wanted = Buffer.from(`v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`);
  const given = signatures.split(" ").map((text) => Buffer.from(text));
  return given.some((each) => each.length === wanted.length && timingSafeEqual(each, wanted)) ? JSON.parse(body) : null;
}
