/** Whom the texts of skills and profiles are about: nobody. */
export const texts = {
  Skill: { slug: "NONE", name: "NONE" },
  RoleProfile: { name: "NONE", externalKey: "NONE" },
  RoleProfileVersion: { level: "NONE", bands: "NONE" },
  Expectation: { level: "NONE" },
} as const;
