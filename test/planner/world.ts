import type { Client } from "pg";
import { refreshStandings } from "../../src/evaluations/standing.actions";
import { SCOPES, type Scope } from "../../src/identity/viewer.rules";
import type { Database } from "../../src/platform/db/database";
import { typeNameOf } from "../../src/platform/graphql/node";
import { nounsOf } from "../../src/platform/slice";
import { slices } from "../../src/slices";
import { type Company, company, type Person } from "../cast/company";
import { hired } from "../cast/debrief";
import { draft, interview, submit } from "../cast/interview";
import { keyWith } from "../cast/keys";
import { asking } from "../cast/questions";
import { actorOf, documentOf, type Stage, stage } from "../cast/valid-inputs";
import { type Entry, writeDiary } from "../dashboards/diary";
import type { Api, Signer } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

/** What is done besides what a stage holds, so that rows are met in many states. */
const DONE = [
  "editQuestion",
  "editRubric",
  "editRoleProfile",
  "requestQuestionReview",
  "reviewQuestion",
  "retireQuestion",
  "requestRubricReview",
  "amendScorecard",
  "withdrawScorecard",
  "saveScorecard",
  "waiveScorecard",
  "removePanelist",
  "respondToInvitation",
  "addDebriefNote",
  "proposeDecision",
  "recordDecision",
  "reopenDecision",
  "upsertCandidates",
  "upsertApplications",
  "eraseCandidate",
  "deactivateMember",
  "createSkill",
  "createInterviewKit",
  "retryJob",
] as const;

/** Far from any full minute or hour at which something would change between two answers. */
const over = { state: "SCHEDULED", hours: [-30.4, -29.4] } as const;
const soon = { state: "SCHEDULED", hours: [50.4, 51.4] } as const;

const DIARY: readonly Omit<Entry, "application">[] = [
  { ...over, panel: { ann: "owes", bob: { card: "SUBMITTED", says: "YES" }, cyd: { card: "DRAFT" } } },
  { ...over, panel: { ann: { card: "SUBMITTED" }, bob: { card: "SUBMITTED", says: "NO" }, admin: "owes" } },
  { ...over, panel: { ann: "shadows", bob: { card: "SUBMITTED" }, recruiter: "waived" } },
  { ...over, panel: { ann: { card: "WITHDRAWN" }, bob: "waived", auditor: "owes" } },
  { ...over, state: "CANCELLED", panel: { ann: { card: "SUBMITTED" }, bob: "owes" } },
  { ...over, state: "COMPLETE", panel: { cyd: { card: "SUBMITTED" }, auditor: { card: "SUBMITTED" } } },
  { ...soon, panel: { ann: "owes", hiringManager: "owes" } },
  { ...soon, state: "ON_HOLD", panel: { bob: "owes" } },
  { state: "NEEDS_SCHEDULING", panel: { ann: "owes", bob: "shadows" } },
];

/** An organisation in which rows of every type stand in many states, some of them kept from some. */
export async function richStage(api: Api): Promise<Stage> {
  const made = await stage(api);
  const { company: own, valid } = made;
  for (const name of DONE) {
    const by = actorOf(name);
    await api.ask(own.people[by], documentOf(name), { input: await valid[name]![0]!(by) });
  }
  const applications = [await own.applicant("Zoë Ångström 🦄"), await own.applicant('Quote " \\ \u2028 and 𝒳')];
  const entries = DIARY.map((entry, index) => ({ ...entry, application: applications[index % 2]! }));
  await writeDiary(api.database, own, entries);
  const session = await interview(own, { panel: ["ann", "bob", "cyd"] });
  await submit(own, "bob", session, { "sql-query": 2, "rest-design": "NOT_APPLICABLE" });
  await draft(own, "ann", session, { "sql-query": 5 });
  await standing(own);
  return made;
}

/** Standings of all, with numbers that no rounding leaves as they are. */
async function standing({ as, organizationId }: Company): Promise<void> {
  const { db } = as("admin");
  const applications = await db.all<{ id: string }>("select id from applications");
  await db.transaction((tx) =>
    refreshStandings(
      tx,
      applications.map(({ id }) => id),
    ),
  );
  await withClient(superuserUrl, (client) =>
    client.query(
      `update standings set score = v.score, coverage = v.coverage, probability_above_pass = v.coverage from
         (select id, (array[0.1::float8 + 0.2, 100 / 3.0::float8, 1e-7, null, 99.99999999999999])[1 + n % 5] as score,
            (array[2 / 3.0::float8, null, 1, 5e-324])[1 + n % 4] as coverage
          from (select id, row_number() over (order by id)::int as n from standings where organization_id = $1) each) v
       where standings.organization_id = $1 and standings.id = v.id`,
      [organizationId],
    ),
  );
}

/** Another organisation, whose rows must never be met. */
export async function foreignCompany(database: Database): Promise<Company> {
  const made = await asking(await company(database));
  await hired(made);
  const session = await interview(made, { panel: ["ann", "bob"] });
  await submit(made, "bob", session, { "sql-query": 2 });
  return made;
}

const SCOPES_OF_KEYS: readonly (readonly Scope[])[] = [
  [],
  SCOPES,
  ["candidates:read"],
  ["interviews:read"],
  ["scorecards:read"],
  ["scorecards:write"],
  ["questions:read"],
  ["audit:read"],
];

/** Everybody who might ask, by name. */
export async function everybody(ours: Company, theirs: Company): Promise<[name: string, who: Signer | string][]> {
  const people = Object.entries(ours.people) as [Person, Signer][];
  const keys: [string, string][] = [];
  for (const scopes of SCOPES_OF_KEYS)
    keys.push([`a key with ${scopes.join(", ") || "nothing"}`, (await keyWith(ours, scopes)).secret]);
  // When a key was last used is written down once a minute: not within the next hours.
  await withClient(superuserUrl, (client) =>
    client.query("update api_keys set last_used_at = now() + interval '5 hours' where organization_id = $1", [
      ours.organizationId,
    ]),
  );
  return [...people, ...keys, ["another organisation's admin", theirs.people.admin]];
}

/** Published type -> ids of its rows in the organisation. */
export async function idsOf(client: Client, database: Database, { organizationId }: Company) {
  const found = new Map<string, string[]>();
  for (const { entity } of nounsOf(slices)) {
    const key = entity.name === "Organization" ? "id" : "organization_id";
    const text = `select * from ${database.model.table(entity).name} where ${key} = $1 order by id`;
    for (const row of (await client.query(text, [organizationId])).rows) {
      const type = typeNameOf(row)!;
      found.set(type, [...(found.get(type) ?? []), row.id]);
    }
  }
  return found;
}
