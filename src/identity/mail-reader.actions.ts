import { type Ctx as AnyCtx, contextOf } from "../platform/context";
import { allRows } from "../platform/db/reader";
import { Member } from "./member.entity";
import { memberViewer } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

/** Somebody to whom a mail goes. */
export interface MailReader {
  member: Member;
  /** In which the mail is composed: it tells what they may see, and nothing else. */
  ctx: Ctx;
}

/** The member as a reader of mails; null where they may not sign in. */
export async function mailReader(ctx: AnyCtx, memberId: string): Promise<MailReader | null> {
  const [member] = await allRows(ctx.db, Member, (bind) => `t.id = ${bind(memberId)} and t.active`);
  if (!member) return null;
  const { now, requestId } = ctx;
  return { member, ctx: contextOf(ctx.db.database, { viewer: memberViewer(member), now, requestId }) };
}
