import { defineSlice } from "../platform/slice";
import { texts } from "./personal-data.rules";
import * as roleProfile from "./role-profile.relations";
import { RoleProfileResolver } from "./role-profile.resolver";
import { profileSection } from "./role-profile.section";
import * as skill from "./skill.relations";
import { SkillResolver } from "./skill.resolver";
import { skillSection } from "./skill.section";

export const skills = defineSlice({
  name: "skills",
  idTypes: { Skill: 0x020, RoleProfile: 0x021, RoleProfileVersion: 0x022, Expectation: 0x023 },
  declared: { ...skill, ...roleProfile },
  resolvers: [SkillResolver, RoleProfileResolver],
  bankSections: [skillSection, profileSection],
  refusals: {
    PROFILE_UNUSABLE: "The profile could not turn evidence into a score: bands or weights are at fault.",
  },
  conflicts: {
    uq_skills_organization_id_slug: { field: ["slug"], message: "A skill with this slug is already there." },
    uq_role_profiles_organization_id_name: {
      field: ["name"],
      message: "A role profile of this name is already there.",
    },
    uq_role_profiles_organization_id_external_key: {
      field: ["externalKey"],
      message: "A role profile of this key is already there.",
    },
  },
  events: ["skill.created", "skill.updated", "role_profile.created", "role_profile.updated"],
  personalData: { texts },
});
