import type { Ctx } from "../platform/context";
import { allRows } from "../platform/db/reader";
import type { Task } from "../platform/jobs/job";
import type { JournalEntry } from "../platform/journal/journal.entity";
import { frontPage } from "../platform/mail/letter";
import { mailOf } from "../platform/mail/letter-mail";
import { mailId } from "../platform/mail/mailing";
import { mailReader } from "./mail-reader.actions";
import { Member } from "./member.entity";
import { memberInvitation } from "./member-mail.rules";
import { Organization } from "./organization.entity";

/** Tells somebody that they may sign in. */
export async function mailMemberInvitation(ctx: Ctx, { entry, mailer, publicUrl }: Task): Promise<void> {
  const reader = entry && (await mailReader(ctx, entry.objectId));
  if (!entry || !reader) return;
  const { member } = reader;
  const letter = memberInvitation({
    organization: await organizationName(ctx),
    inviter: await inviterOf(ctx, entry),
    email: member.email,
    again: entry.type === "member.reactivated",
    url: frontPage(publicUrl),
  });
  await mailer.send(mailOf({ id: mailId("identity.mailInvitation", entry.id, member.id), to: member, letter }));
}

async function organizationName({ db, viewer }: Ctx): Promise<string> {
  const [organization] = await allRows(db, Organization, (bind) => `t.id = ${bind(viewer.organizationId)}`);
  return organization!.name;
}

async function inviterOf({ db }: Ctx, { actorId }: JournalEntry): Promise<string | null> {
  const [inviter] = await allRows(db, Member, (bind) => `t.id = ${bind(actorId)}`);
  return inviter?.name ?? null;
}
