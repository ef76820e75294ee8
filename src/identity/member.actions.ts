import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { type Fault, must, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Member } from "./member.entity";
import type {
  DeactivateMemberInput,
  EditMemberInput,
  EditOwnProfileInput,
  InviteMemberInput,
  ReactivateMemberInput,
} from "./member.input";
import { changedProfile, knownEmail, lastAdminFaults, standingFaults, takenFaults } from "./member.rules";
import { Organization } from "./organization.entity";
import { readTimeZone } from "./time-zone.rules";
import { isMember } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

/** Before the first sign-in. */
const invited = { active: true, joinedAt: null, deactivationReason: null, timeZone: null };

/** Lets somebody in, as soon as a sign-in provider vouches for their e-mail. @throws Refusal ALREADY_EXISTS */
export function inviteMember(ctx: Ctx, { name, role, ...input }: InviteMemberInput): Promise<Member> {
  const email = knownEmail(input.email);
  return ctx.db.transaction(async (tx) => {
    refuseAll(await occupationOf(tx, email));
    const employerId = ctx.viewer.organizationId;
    const member = await tx.insert(Member, { name, email, role, employerId, ...invited });
    await announce(tx, "member.invited", member);
    return member;
  });
}

/** Changes who somebody is here; what differs in nothing leaves them as they are. @throws Refusal NOT_FOUND | STALE_VERSION | ALREADY_EXISTS | LAST_ADMIN */
export function editMember(ctx: Ctx, { id, version, ...written }: EditMemberInput): Promise<Member> {
  return ctx.db.transaction(async (tx) => {
    const member = await claimMember(tx, id, version);
    const changed = changedProfile(member, written);
    const names = Object.keys(changed);
    if (names.length === 0) return member;
    refuseAll([
      ...(await occupationOf(tx, changed.email)),
      ...lastAdminFaults(member, { ...member, ...changed }, await otherAdmins(tx, member), "role"),
    ]);
    await announce(tx, "member.edited", member, names);
    // Whoever has the new address has not said yet that they belong here.
    return tx.change<Member>(member, changed.email ? { ...changed, joinedAt: null } : changed);
  });
}

/** Changes what members say of themselves; what differs in nothing leaves them as they are. @throws Refusal FORBIDDEN | BAD_INPUT */
export function editOwnProfile(ctx: Ctx, { timeZone: written }: EditOwnProfileInput): Promise<Member> {
  const { viewer } = ctx;
  must(isMember(viewer), "edit a profile: members have one");
  const { timeZone, faults } = readTimeZone(written, "timeZone");
  refuseAll(faults);
  return ctx.db.transaction(async (tx) => {
    const member = await tx.claim(Member, viewer.id);
    if (timeZone === undefined || timeZone === member.timeZone) return member;
    await announce(tx, "member.edited", member, ["timeZone"]);
    return tx.change(member, { timeZone });
  });
}

/** Lets a member sign in no more, from their next request on. @throws Refusal NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE | LAST_ADMIN */
export function deactivateMember(ctx: Ctx, { id, version, reason = null }: DeactivateMemberInput): Promise<Member> {
  return ctx.db.transaction(async (tx) => {
    const member = await claimMember(tx, id, version);
    const gone = { ...member, active: false, deactivationReason: reason };
    refuseAll([
      ...standingFaults(member, false),
      ...lastAdminFaults(member, gone, await otherAdmins(tx, member), "id"),
    ]);
    await announce(tx, "member.deactivated", member, ["active"]);
    return tx.change(member, gone);
  });
}

/** Lets a member sign in again, in the role that they had. @throws Refusal NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE */
export function reactivateMember(ctx: Ctx, { id, version }: ReactivateMemberInput): Promise<Member> {
  return ctx.db.transaction(async (tx) => {
    const member = await claimMember(tx, id, version);
    refuseAll(standingFaults(member, true));
    await announce(tx, "member.reactivated", member, ["active"]);
    return tx.change(member, { active: true, deactivationReason: null });
  });
}

/**
 * The member, locked behind the organisation: whoever changes members takes turns, so that two who are ADMIN cannot each
 * count on the other. @throws Refusal NOT_FOUND | STALE_VERSION
 */
async function claimMember(tx: Tx, id: string, version: number): Promise<Member> {
  await tx.claim(Organization, tx.viewer.organizationId);
  return tx.claim(Member, id, version);
}

/** Whose the address is already; nothing where none is given. */
async function occupationOf(tx: Tx, email: string | undefined): Promise<Fault[]> {
  if (email === undefined) return [];
  const [holder] = await allRows(tx, Member, (bind) => `t.email = ${bind(email)}`);
  return takenFaults(holder);
}

/** How many besides the member are ADMIN and may sign in. The organisation must have been claimed. */
async function otherAdmins(tx: Tx, { id }: Member): Promise<number> {
  const admins = await allRows(tx, Member, (bind) => `t.id <> ${bind(id)} and t.role = 'ADMIN' and t.active`);
  return admins.length;
}
