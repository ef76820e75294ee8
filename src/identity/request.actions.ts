import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import { Refusal } from "../platform/errors";
import { systemClock } from "../platform/time";
import { memberOfToken, type VerifyToken } from "./token.actions";
import type { Viewer } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

/** The context of a request that nobody has signed, or that was signed in vain. */
interface Stranger {
  readonly viewer: null;
  readonly now: Date;
  readonly requestId: string;
  /** Why the sign-in failed; null where none was tried. */
  readonly refusal: Refusal | null;
}

interface Signed {
  /** The `Authorization` header. */
  authorization: string | undefined;
  requestId: string;
  address: string;
}

/** Who asks, for one operation. A sign-in that fails is told by the first field that wants a viewer. */
export async function requestContext(
  database: Database,
  verify: VerifyToken,
  { authorization, requestId, address }: Signed,
): Promise<Ctx | Stranger> {
  const now = systemClock();
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return { viewer: null, now, requestId, refusal: null };
  try {
    const viewer: Viewer = await memberOfToken(database, verify, token);
    return contextOf(database, { viewer, now, requestId, address });
  } catch (refusal) {
    if (refusal instanceof Refusal) return { viewer: null, now, requestId, refusal };
    throw refusal;
  }
}
