import { Application } from "../candidates/application.entity";
import { Member } from "../identity/member.entity";
import { signToken } from "../identity/token.actions";
import { ROLES } from "../identity/viewer.rules";
import { InterviewSession } from "../interviews/interview-session.entity";
import type { Database } from "../platform/db/database";
import { allRows, organizationReader } from "../platform/db/reader";
import type { GraphiqlSettings, GraphiqlTab } from "../platform/http/graphiql";
import { Criterion } from "../question-bank/rubric.entity";
import { DEMO_MEMBERS } from "./demo.rules";
import { DEMO_TABS, type DemoIds } from "./demo-tabs.rules";

const LIFETIME = "12h";
/** Whom GraphiQL signs in: somebody who runs the hiring and interviews too, so that every tab has something to tell. */
const GUIDE = "HIRING_MANAGER";

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
  if (!secret || !org) return { demoToken: null, tabs: DEMO_TABS.map(({ title, query }) => ({ title, query })) };
  const guide = await firstWith(database, org, GUIDE);
  return {
    demoToken: await demoToken(database, secret, GUIDE),
    demoMember: `${guide.name}, ${GUIDE.toLowerCase().replace("_", " ")}`,
    tabs: tabsWith(await demoIds(database, guide)),
  };
}

const tabsWith = (ids: DemoIds): GraphiqlTab[] =>
  DEMO_TABS.map(({ title, query, variables }) => ({
    title,
    query,
    ...(variables ? { variables: JSON.stringify(variables(ids), null, 2) } : {}),
  }));

/** What the tabs are about: the guide's latest session that has begun, and the first candidate's application. */
async function demoIds(database: Database, guide: Member): Promise<DemoIds> {
  const reader = organizationReader(database, guide.organizationId);
  const [application] = await allRows(reader, Application, () => "true", "order by t.id limit 1");
  const [session] = await allRows(
    reader,
    InterviewSession,
    (bind) =>
      `t.starts_at < now() and t.id = any(array(select session_id from panelists where member_id = ${bind(guide.id)}))`,
    "order by t.starts_at desc limit 1",
  );
  const criteria = await allRows(
    reader,
    Criterion,
    (bind) => `t.rubric_version_id = ${bind(session!.rubricVersionId)}`,
    "order by t.position",
  );
  return {
    session: session!.id,
    criteria: criteria.map(({ id }) => id),
    application: application!.id,
    job: application!.jobId,
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
