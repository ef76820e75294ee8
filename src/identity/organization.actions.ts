import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import type { Fresh } from "../platform/db/tx";
import { furnish } from "../platform/founding";
import { newId } from "../platform/ids";
import { announce } from "../platform/journal/announce";
import { systemClock } from "../platform/time";
import { Member } from "./member.entity";
import { knownEmail } from "./member.rules";
import { Organization } from "./organization.entity";
import type { UpdateOrganizationSettingsInput } from "./organization.input";
import { changedSettings, type Settings } from "./organization.rules";
import type { Role, WorkerViewer } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

/** What a new organisation asks of scorecards. */
const DEFAULT_SETTINGS: Omit<Settings, "name"> = {
  feedbackVisibility: "AFTER_OWN_SUBMISSION",
  requireEveryCriterion: true,
  requireEvidenceForExtremes: true,
  candidateRetentionDays: null,
};

interface NewOrganization {
  name: string;
  members: readonly { email: string; name: string; role: Role }[];
  /** Whether to leave out what the slices furnish, such as the starter question bank. */
  empty?: boolean;
}

interface Founded {
  organization: Organization;
  /** In the order of the input. */
  members: Member[];
}

/** Founds an organisation with its first members. It has no viewer: the server acts for itself. */
export function createOrganization(
  database: Database,
  { name, members, empty = false }: NewOrganization,
): Promise<Founded> {
  const id = newId("Organization");
  const viewer: WorkerViewer = { kind: "WORKER", organizationId: id, id: null };
  const { db } = contextOf(database, { viewer, now: systemClock(), requestId: "organization.create" });
  return db.transaction(async (tx) => {
    const fresh: Fresh<Organization> = { id, name, ...DEFAULT_SETTINGS };
    const organization = await tx.insert(Organization, fresh);
    const founding = {
      employerId: id,
      active: true,
      joinedAt: tx.occasion.now,
      deactivationReason: null,
      timeZone: null,
    };
    const hired = members.map((each) => ({ ...each, email: knownEmail(each.email), ...founding }));
    await announce(tx, "organization.created", organization);
    const founded = { organization, members: await tx.insertAll(Member, hired) };
    if (!empty) await furnish(tx);
    return founded;
  });
}

/**
 * Changes what the viewer's organisation is called or asks of scorecards; what differs in nothing leaves it as it is. Holds from the
 * next statement on. @throws Refusal FORBIDDEN | STALE_VERSION
 */
export function updateOrganizationSettings(
  ctx: Ctx,
  { version, ...written }: UpdateOrganizationSettingsInput,
): Promise<Organization> {
  return ctx.db.transaction(async (tx) => {
    const organization = await tx.claim(Organization, ctx.viewer.organizationId, version);
    const changed = changedSettings(organization, written);
    const names = Object.keys(changed);
    if (names.length === 0) return organization;
    await announce(tx, "organization.settings_updated", organization, names);
    return tx.change<Organization>(organization, changed);
  });
}
