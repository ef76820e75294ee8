import { z } from "zod";
import { may } from "../identity/grant.rules";
import type { Viewer } from "../identity/viewer.rules";
import { grouped } from "../platform/db/grouped";
import type { Bind } from "../platform/db/nouns";
import { allRows, type Reader } from "../platform/db/reader";
import { refuse, refuseAll } from "../platform/errors";
import { type Known, writeKeyed } from "../platform/exchange/keyed";
import type { Section } from "../platform/exchange/section";
import { key, line, slug, whole } from "../platform/exchange/shapes";
import { LEVELS, type Level } from "./level.rules";
import { Expectation, RoleProfile, RoleProfileVersion } from "./role-profile.entity";
import { type Band, type ProfileDraft, profileFaults } from "./role-profile.rules";
import { addRoleProfile, changeRoleProfile } from "./role-profile-version.actions";
import { skillsBySlug } from "./skill.actions";
import type { Skill } from "./skill.entity";

interface ProfileItem {
  key: string;
  name: string;
  level: Level;
  passMark: number;
  leastCoveragePercent: number;
  bands: Band[];
  expectations: { skill: string; level: Level; weight: number; gate?: number | undefined }[];
}

/** Of each profile the newest version. */
export const profileSection: Section<ProfileItem> = {
  name: "profiles",
  description: "What is asked of whom: per skill an expected level, a weight and a gate.",
  needs: ["skills"],
  mayWrite: (viewer: Viewer) => may(viewer, "createRoleProfile"),
  shape: z.strictObject({
    key: key(),
    name: line(),
    level: z.enum(LEVELS),
    passMark: whole(0, 100).describe("Score from which a candidate is recommended."),
    leastCoveragePercent: whole(0, 100).describe("Share of the weight that must have been observed."),
    bands: z
      .array(z.strictObject({ label: line(60), min: whole(0, 100) }))
      .min(1)
      .max(20),
    expectations: z
      .array(
        z.strictObject({
          skill: slug(),
          level: z.enum(LEVELS),
          weight: whole(0, 1000).describe("Relative weight in the score."),
          gate: whole(0, 100).optional().describe("Least score of the skill, where there is one."),
        }),
      )
      .min(1)
      .max(100),
  }),

  async write(run, items) {
    const { tx } = run;
    const skills = await skillsBySlug(tx);
    return writeKeyed(run, items, {
      what: "profile",
      known: await knownProfiles(tx),
      pathOf: (field) => field.map((step) => (step === "skillId" ? "skill" : step)).join("."),
      create: async (item) => (await addRoleProfile(tx, { externalKey: item.key, draft: draftOf(item, skills) })).id,
      update: async (id, item) => {
        const profile = await tx.claim(RoleProfile, id);
        return (await changeRoleProfile(tx, profile, draftOf(item, skills))).version !== profile.version;
      },
    });
  },

  read: async (reader, { bankId }) => (bankId ? [] : (await knownProfiles(reader)).map(({ item }) => item)),
};

/** @throws Refusal NOT_FOUND | PROFILE_UNUSABLE */
function draftOf({ key: _, expectations, ...said }: ProfileItem, skills: ReadonlyMap<string, Skill>): ProfileDraft {
  const draft = {
    ...said,
    expectations: expectations.map(({ skill, gate, ...expected }, index) => {
      const path = ["expectations", `${index}`, "skillId"];
      const skillId =
        skills.get(skill)?.id ??
        refuse("NOT_FOUND", `There is no skill \`${skill}\`: list it, or mend the key.`, ...path);
      return { ...expected, skillId, gate: gate ?? null };
    }),
  };
  refuseAll(profileFaults(draft));
  return draft;
}

async function knownProfiles(reader: Reader): Promise<Known<ProfileItem>[]> {
  const profiles = await allRows(reader, RoleProfile, () => "true", "order by t.id");
  const versions = await allRows(
    reader,
    RoleProfileVersion,
    () => "(t.profile_id, t.number) in (select id, latest_number from role_profiles)",
  );
  const ids = versions.map(({ id }) => id);
  const ofVersions = (bind: Bind) => `t.profile_version_id = any(${bind(ids)})`;
  const expectations = await allRows(reader, Expectation, ofVersions, "order by t.position");
  const ofVersion = grouped(expectations, "profileVersionId");
  const skills = new Map([...(await skillsBySlug(reader)).values()].map(({ id, slug: each }) => [id, each]));
  const ofProfile = new Map(versions.map((version) => [version.profileId, version]));
  return profiles.map(({ id, externalKey, name }) => {
    const version = ofProfile.get(id)!;
    const { level, passMark, leastCoveragePercent, bands } = version;
    const expected = (ofVersion.get(version.id) ?? []).map(({ skillId, level: wanted, weight, gate }) => ({
      skill: skills.get(skillId)!,
      level: wanted,
      weight,
      ...(gate === null ? {} : { gate }),
    }));
    const item = { key: externalKey ?? id, name, level, passMark, leastCoveragePercent, bands, expectations: expected };
    return { id, item };
  });
}
