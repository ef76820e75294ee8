import type { Database } from "../platform/db/database";
import { Refusal } from "../platform/errors";
import { systemClock } from "../platform/time";
import { readKeyText } from "./api-key.rules";
import { keyContext } from "./key-sign-in.actions";
import { memberContext } from "./sign-in.actions";
import type { VerifyToken } from "./token.actions";
import type { Ctx } from "./viewer.type";

/** Chooses where somebody who belongs to several organisations acts. */
export const ORGANIZATION_HEADER = "x-assay-organization";

/** The context of a request that nobody has signed, or that was signed in vain. */
interface Stranger {
  readonly viewer: null;
  readonly now: Date;
  readonly requestId: string;
  readonly address: string;
  /** Why the sign-in failed; null where none was tried. */
  readonly refusal: Refusal | null;
}

interface Signed {
  /** The `Authorization` header. */
  authorization: string | undefined;
  /** Of the header that chooses one. */
  organization: string | string[] | undefined;
  requestId: string;
  address: string;
  /** Whether it only reads, so that it is enough to know who somebody was a moment ago. */
  mayBeRemembered: boolean;
  /** Aborted when the client goes away before its answer. */
  signal?: AbortSignal;
}

/** Who asks, for one operation. A sign-in that fails is told by the first field that wants a viewer. */
export async function requestContext(
  database: Database,
  verify: VerifyToken,
  { authorization, organization, requestId, address, mayBeRemembered, signal }: Signed,
): Promise<Ctx | Stranger> {
  const now = systemClock();
  const arrival = { now, requestId, address, mayBeRemembered, signal };
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return { viewer: null, now, requestId, address, refusal: null };
  try {
    const signed = { token, organization: organization?.toString() };
    if (readKeyText(token)) return await keyContext(database, signed, arrival);
    return await memberContext(database, verify, signed, arrival);
  } catch (refusal) {
    if (refusal instanceof Refusal) return { viewer: null, now, requestId, address, refusal };
    throw refusal;
  }
}
