import { localIssuer, tokenVerifier } from "../../dist/src/identity/token.actions.js";
import { registerIdTypes } from "../../dist/src/platform/ids.js";

// What the claims name; the manifests, which number everything, would bring our whole server along.
registerIdTypes({ Organization: 0x010 });

/** Every system checks the token by the same few lines, ours: signature once, expiry each time. */
const verify = tokenVerifier([localIssuer(process.env.BENCH_TOKEN_SECRET)]);

/** The organisation that the token is for, and whose it is. @throws where the token is not good */
export async function signedIn(authorization = "") {
  const { org, email } = await verify(authorization.slice("Bearer ".length));
  return { organizationId: org, email };
}

export const DATABASE_URL = process.env.BENCH_DATABASE_URL;
/** Connections that each system may open. */
export const POOL_SIZE = 10;

/** Tells the run where to ask. */
export const listening = (port) => process.stdout.write(`listening on http://127.0.0.1:${port}/graphql\n`);
