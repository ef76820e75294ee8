import { Member } from "../identity/member.entity";
import { signToken } from "../identity/token.actions";
import { ROLES } from "../identity/viewer.rules";
import type { Database } from "../platform/db/database";
import { allRows, organizationReader } from "../platform/db/reader";
import type { GraphiqlSettings } from "../platform/http/graphiql";
import { DEMO_MEMBERS } from "./demo.rules";
import { DEMO_TABS } from "./demo-tabs.rules";

const LIFETIME = "12h";
/** Whom GraphiQL signs in: somebody who sees most. */
const GUIDE = "RECRUITER";

/** A token for the first member of the demo organisation with the role. @throws Error that says what to do */
export async function demoToken(database: Database, secret: string, role: string): Promise<string> {
  if (!(ROLES as readonly string[]).includes(role)) {
    throw new Error(`Name a role: ${ROLES.join(", ").toLowerCase()}; for example \`npm run token -- interviewer\`.`);
  }
  const org = await demoOrganization(database);
  if (!org) throw new Error("There is no demo organisation here: `npm run seed -- --demo` makes one.");
  const { email } = await firstWith(database, org, role);
  return signToken(secret, { email, org }, LIFETIME);
}

/** What GraphiQL is opened with. A null secret stands for real data: nobody is signed in. */
export async function demoSettings(database: Database, secret: string | null): Promise<GraphiqlSettings> {
  const org = secret ? await demoOrganization(database) : undefined;
  if (!secret || !org) return { demoToken: null, tabs: DEMO_TABS };
  const { name } = await firstWith(database, org, GUIDE);
  return {
    demoToken: await demoToken(database, secret, GUIDE),
    demoMember: `${name}, ${GUIDE.toLowerCase()}`,
    tabs: DEMO_TABS,
  };
}

/** The organisation of the demo's first member. */
export async function demoOrganization(database: Database): Promise<string | undefined> {
  const [row] = await database.ask<{ id: string }>("select id from organizations_of_email($1) as id", [
    DEMO_MEMBERS[0]!.email,
  ]);
  return row?.id;
}

async function firstWith(database: Database, organizationId: string, role: string): Promise<Member> {
  const reader = organizationReader(database, organizationId);
  const [member] = await allRows(
    reader,
    Member,
    (bind) => `t.role = ${bind(role)} and t.active`,
    "order by t.id limit 1",
  );
  if (!member) throw new Error(`Nobody in the demo organisation is ${role}.`);
  return member;
}
