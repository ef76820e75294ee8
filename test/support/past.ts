import type { Database } from "../../src/platform/db/database";
import { organizations, sequence } from "../../src/platform/journal/sequencer";
import { slices } from "../../src/slices";
import { superuserUrl, withClient } from "./database";

const LISTENERS = [
  "jobs",
  ...new Set(slices.flatMap(({ on = {} }) => Object.values(on).flatMap((listeners) => Object.keys(listeners)))),
];

/** Nobody hears any more of what test files before this one have left in the journal: only of what happens from now on. */
export async function passOverThePast(database: Database): Promise<void> {
  for (const organizationId of await organizations(database)) await sequence(database, organizationId);
  await withClient(superuserUrl, (client) =>
    client.query(
      `insert into journal_cursors (organization_id, listener, position)
       select organization_id, listener, max(position) from journal_positions, unnest($1::text[]) listener group by 1, 2
       on conflict (organization_id, listener) do update set position = excluded.position`,
      [LISTENERS],
    ),
  );
}
