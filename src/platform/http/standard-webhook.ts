import { createHmac, randomBytes } from "node:crypto";

/*
 * Signatures as Standard Webhooks has them.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */

const PREFIX = "whsec_";
const SECRET_BYTES = 32;

/** `whsec_` and 256 random bits in base64. */
export const newSigningSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;

export interface SignedMessage {
  /** The same at every try. */
  readonly id: string;
  /** Of the try, in whole seconds since 1970. */
  readonly timestampSeconds: number;
  readonly body: string;
}

function signature(secret: string, { id, timestampSeconds, body }: SignedMessage): string {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestampSeconds}.${body}`).digest("base64")}`;
}

/** The three headers, with a signature for each secret that is valid. */
export const signedHeaders = (message: SignedMessage, secrets: readonly string[]): Record<string, string> => ({
  "webhook-id": message.id,
  "webhook-timestamp": `${message.timestampSeconds}`,
  "webhook-signature": secrets.map((secret) => signature(secret, message)).join(" "),
});
