import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { refuseAll } from "../platform/errors";
import { RoleProfile } from "./role-profile.entity";
import type { CreateRoleProfileInput, EditRoleProfileInput } from "./role-profile.input";
import { type ProfileDraft, profileFaults } from "./role-profile.rules";
import { addRoleProfile, changeRoleProfile } from "./role-profile-version.actions";
import { Skill } from "./skill.entity";

/** Makes a role profile and its first version. @throws Refusal FORBIDDEN | NOT_FOUND | PROFILE_UNUSABLE | ALREADY_EXISTS */
export function createRoleProfile(ctx: Ctx, { externalKey, ...draft }: CreateRoleProfileInput): Promise<RoleProfile> {
  refuseAll(profileFaults(draft));
  return ctx.db.transaction(async (tx) => {
    await findSkills(tx, draft);
    return addRoleProfile(tx, { externalKey: externalKey ?? null, draft });
  });
}

/**
 * Makes the next version of a role profile. What changes nothing makes none and leaves the profile as it is; a new name
 * alone makes none either.
 * @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | PROFILE_UNUSABLE | ALREADY_EXISTS
 */
export function editRoleProfile(ctx: Ctx, { id, version, ...draft }: EditRoleProfileInput): Promise<RoleProfile> {
  refuseAll(profileFaults(draft));
  return ctx.db.transaction(async (tx) => {
    const profile = await tx.claim(RoleProfile, id, version);
    await findSkills(tx, draft);
    return changeRoleProfile(tx, profile, draft);
  });
}

function findSkills(tx: Tx, { expectations }: ProfileDraft): Promise<Skill[]> {
  const ids = expectations.map(({ skillId }) => skillId);
  return tx.findAll(Skill, ids, (index) => ["expectations", `${index}`, "skillId"]);
}
