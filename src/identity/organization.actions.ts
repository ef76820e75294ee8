import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import type { Fresh } from "../platform/db/tx";
import { furnish } from "../platform/founding";
import { newId } from "../platform/ids";
import { announce } from "../platform/journal/announce";
import { systemClock } from "../platform/time";
import { Member } from "./member.entity";
import { Organization } from "./organization.entity";
import type { Role, WorkerViewer } from "./viewer.rules";

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
    const fresh: Fresh<Organization> = { id, name, feedbackVisibility: "AFTER_OWN_SUBMISSION" };
    const organization = await tx.insert(Organization, fresh);
    const hired = members.map((each) => ({ ...each, email: each.email.toLowerCase(), employerId: id, active: true }));
    await announce(tx, "organization.created", organization);
    const founded = { organization, members: await tx.insertAll(Member, hired) };
    if (!empty) await furnish(tx);
    return founded;
  });
}
