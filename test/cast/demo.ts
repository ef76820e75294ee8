import { seedDemo } from "../../src/demo/demo.actions";
import { demoOrganization } from "../../src/demo/demo-session.actions";
import type { Database } from "../../src/platform/db/database";
import { superuserUrl, withClient } from "../support/database";

/** A demo organisation as it comes. One that is there already, from a test before, is found by nobody any more. */
export async function freshDemo(database: Database): Promise<void> {
  const before = await demoOrganization(database);
  await withClient(superuserUrl, (client) =>
    client.query("delete from member_emails where organization_id = $1", [before]),
  );
  await seedDemo(database);
}
