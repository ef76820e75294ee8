import type { Ctx } from "../identity/viewer.type";
import { must, refuseAll } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { Expectation, RoleProfile, RoleProfileVersion } from "./role-profile.entity";
import type { CreateRoleProfileInput } from "./role-profile.input";
import { profileFaults } from "./role-profile.rules";
import { Skill } from "./skill.entity";
import { mayKeepSkills } from "./skill.policy";

/** Makes a role profile and its first version. @throws Refusal FORBIDDEN | NOT_FOUND | PROFILE_UNUSABLE | ALREADY_EXISTS */
export function createRoleProfile(ctx: Ctx, input: CreateRoleProfileInput): Promise<RoleProfile> {
  must(mayKeepSkills(ctx.viewer), "make role profiles");
  refuseAll(profileFaults(input));
  return ctx.db.transaction(ctx, async (tx) => {
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
    const expected = input.expectations.map(({ skillId, level, weight, gate = null }, position) => ({
      profileVersionId: version.id,
      skillId,
      position,
      level,
      weight,
      gate,
    }));
    await tx.insertAll(Expectation, expected);
    await announce(tx, "role_profile.created", profile);
    return profile;
  });
}
