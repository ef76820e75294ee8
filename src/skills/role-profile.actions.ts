import type { Ctx } from "../identity/viewer.type";
import type { Tx } from "../platform/db/tx";
import { must, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Expectation, RoleProfile, RoleProfileVersion } from "./role-profile.entity";
import type { CreateRoleProfileInput, ExpectationInput } from "./role-profile.input";
import { profileFaults } from "./role-profile.rules";
import { Skill } from "./skill.entity";
import { mayKeepSkills } from "./skill.policy";

/** Makes a role profile and its first version. @throws Refusal FORBIDDEN | NOT_FOUND | PROFILE_UNUSABLE | ALREADY_EXISTS */
export function createRoleProfile(ctx: Ctx, input: CreateRoleProfileInput): Promise<RoleProfile> {
  must(mayKeepSkills(ctx.viewer), "make role profiles");
  refuseAll(profileFaults(input));
  return ctx.db.transaction(async (tx) => {
    await tx.findAll(
      Skill,
      input.expectations.map(({ skillId }) => skillId),
      (index) => ["expectations", `${index}`, "skillId"],
    );
    const profile = await tx.insert(RoleProfile, { name: input.name });
    const version = await tx.insert(RoleProfileVersion, {
      profileId: profile.id,
      number: 1,
      level: input.level,
      passMark: input.passMark,
      leastCoveragePercent: input.leastCoveragePercent,
      bands: input.bands.map(({ label, min }) => ({ label, min })),
    });
    await writeExpectations(tx, version, input.expectations);
    await announce(tx, "role_profile.created", profile);
    return profile;
  });
}

async function writeExpectations(
  tx: Tx,
  version: RoleProfileVersion,
  expectations: readonly ExpectationInput[],
): Promise<void> {
  const rows = expectations.map(({ skillId, level, weight, gate = null }, position) => ({
    profileVersionId: version.id,
    skillId,
    position,
    level,
    weight,
    gate,
  }));
  await tx.insertAll(Expectation, rows);
}
