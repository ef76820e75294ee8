import { everyone, first, many, noun, one, pages } from "../platform/db/nouns";
import { Expectation, RoleProfile, RoleProfileVersion } from "./role-profile.entity";
import { Skill } from "./skill.entity";

export const roleProfiles = noun(RoleProfile, { visible: everyone, orderBy: "name" });
export const roleProfileVersions = noun(RoleProfileVersion, { visible: everyone, descending: true });
export const expectations = noun(Expectation, { visible: everyone });

export const profileOfVersion = one(RoleProfileVersion, "profile", RoleProfile, {
  by: "profileId",
  always: true,
  description: "The profile of which this is a version.",
});

export const currentOfProfile = first(RoleProfile, "current", RoleProfileVersion, {
  by: "profileId",
  orderBy: "t.number desc",
  description: "The newest version.",
});

export const versionsOfProfile = pages(RoleProfile, "versions", RoleProfileVersion, {
  by: "profileId",
  description: "Every version, newest first.",
});

export const expectationsOfVersion = many(RoleProfileVersion, "expectations", Expectation, {
  by: "profileVersionId",
  orderBy: "position",
  description: "What is expected of each skill, in order.",
});

export const versionOfExpectation = one(Expectation, "profileVersion", RoleProfileVersion, {
  by: "profileVersionId",
  always: true,
  description: "The version that expects it.",
});

export const skillOfExpectation = one(Expectation, "skill", Skill, {
  by: "skillId",
  always: true,
  description: "The skill.",
});
