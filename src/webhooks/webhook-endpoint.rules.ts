/** DISABLED ones are sent nothing; what happens meanwhile waits for them. */
export const ENDPOINT_STATES = ["ENABLED", "DISABLED"] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** Of an organisation, that hear. */
export const MOST_ENDPOINTS = 20;

interface Secrets {
  secret: string;
  formerSecret: string | null;
  formerUntil: Date | null;
}

/** The secrets that sign at an instant, the newest first. */
export const validSecrets = ({ secret, formerSecret, formerUntil }: Secrets, now: Date): string[] =>
  formerSecret && formerUntil && formerUntil > now ? [secret, formerSecret] : [secret];

/** The endpoint with a new secret, beside which the one that it had signs for some time more. */
export const rotatedSecret = ({ secret: former }: Pick<Secrets, "secret">, secret: string, until: Date): Secrets => ({
  secret,
  formerSecret: former,
  formerUntil: until,
});
