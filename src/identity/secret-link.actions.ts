import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import { allRows, organizationReader } from "../platform/db/reader";
import { opens, type SecretLink } from "../platform/secret-link";
import { systemClock } from "../platform/time";
import { Member } from "./member.entity";
import { memberViewer } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

/** What a row says of its link: the hash of the secret, and in whose name it opens. */
interface Door {
  secretHash: string;
  memberId: string;
}

interface Opened {
  ctx: Ctx;
  member: Member;
}

/** The context in which a link reads: the member's, as they are now. Null where the secret is wrong, or they may not sign in. */
export async function contextBehind(
  database: Database,
  link: SecretLink,
  { secretHash, memberId }: Door,
  requestId: string,
): Promise<Opened | null> {
  if (!opens(link, { secretHash })) return null;
  const reader = organizationReader(database, link.organizationId);
  const [member] = await allRows(reader, Member, (bind) => `t.id = ${bind(memberId)} and t.active`);
  if (!member) return null;
  return { member, ctx: contextOf(database, { viewer: memberViewer(member), now: systemClock(), requestId }) };
}
