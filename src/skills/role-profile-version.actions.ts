import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { announce } from "../platform/journal/announce";
import { Expectation, RoleProfile, RoleProfileVersion } from "./role-profile.entity";
import { type ProfileDraft, saysTheSame } from "./role-profile.rules";

/*
 * How versions of role profiles are written, in the transaction of whoever calls: by hand, or by an import. The caller
 * has checked the draft by `profileFaults`.
 */

interface NewRoleProfile {
  externalKey: string | null;
  draft: ProfileDraft;
}

/** Adds a profile with its first version. */
export async function addRoleProfile(tx: Tx, { externalKey, draft }: NewRoleProfile): Promise<RoleProfile> {
  const profile = await tx.insert(RoleProfile, { name: draft.name, externalKey, latestNumber: 1 });
  await insertVersion(tx, profile, draft);
  await announce(tx, "role_profile.created", profile);
  return profile;
}

/** Gives a claimed profile its next version. */
export async function addRoleProfileVersion(tx: Tx, profile: RoleProfile, draft: ProfileDraft): Promise<RoleProfile> {
  const next = await tx.change(profile, { name: draft.name, latestNumber: profile.latestNumber + 1 });
  await insertVersion(tx, next, draft);
  await announce(tx, "role_profile.updated", next, ["standard"]);
  return next;
}

/** Lets a claimed profile say what the draft says: by its next version, by its name alone, or as it is. */
export async function changeRoleProfile(tx: Tx, profile: RoleProfile, draft: ProfileDraft): Promise<RoleProfile> {
  if (!saysTheSame(await latestStandard(tx, profile), draft)) return addRoleProfileVersion(tx, profile, draft);
  if (profile.name === draft.name) return profile;
  const next = await tx.change(profile, { name: draft.name });
  await announce(tx, "role_profile.updated", next, ["name"]);
  return next;
}

async function latestStandard(tx: Tx, { id, latestNumber }: RoleProfile): Promise<Omit<ProfileDraft, "name">> {
  const where = (bind: (value: unknown) => string) => `t.profile_id = ${bind(id)} and t.number = ${bind(latestNumber)}`;
  const [version] = await allRows(tx, RoleProfileVersion, where);
  const ofVersion = (bind: (value: unknown) => string) => `t.profile_version_id = ${bind(version!.id)}`;
  return { ...version!, expectations: await allRows(tx, Expectation, ofVersion, "order by t.position") };
}

async function insertVersion(tx: Tx, profile: RoleProfile, draft: ProfileDraft): Promise<void> {
  const { level, passMark, leastCoveragePercent } = draft;
  const { id: profileVersionId } = await tx.insert(RoleProfileVersion, {
    profileId: profile.id,
    number: profile.latestNumber,
    level,
    passMark,
    leastCoveragePercent,
    bands: draft.bands.map(({ label, min }) => ({ label, min })),
  });
  const expectations = draft.expectations.map(({ skillId, level: expected, weight, gate = null }, position) => ({
    profileVersionId,
    skillId,
    position,
    level: expected,
    weight,
    gate,
  }));
  await tx.insertAll(Expectation, expectations);
}
