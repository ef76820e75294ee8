import { signToken } from "../dist/src/identity/token.actions.js";
import { DRAFTS } from "./store/drafts.mjs";
import { RANKED_JOBS } from "./store/sizes.mjs";

export const SECRET = "a secret of the bench, thirty-two letters and more";

/** A cursor of ours names the row after which a page begins. */
export const cursorOf = (id) => Buffer.from(JSON.stringify([id])).toString("base64url");

/** Ids that stand `apart` from each other in a list, from its end. */
const spread = (table, apart, count, where = "true") => `
  select id from (select id, row_number() over (order by id desc) as n from ${table} where organization_id = $1 and ${where}) each
  where n % ${apart} = 7 order by id desc limit ${count}`;

const STATEMENTS = {
  sessions: spread("interview_sessions", 120, 400),
  pages: spread("interview_sessions", 310, 154),
  applications: `select a.id from applications a
    where organization_id = $1 and job_id = any(array(select id from jobs where organization_id = $1 order by id limit ${RANKED_JOBS}))
    order by md5(a.id::text) limit 100`,
  jobs: `select id from jobs where organization_id = $1 order by id limit ${RANKED_JOBS}`,
};

/** What each query is asked with, one after the other. */
export async function variablesOf(client, organizationId) {
  const ids = async (name) => (await client.query(STATEMENTS[name], [organizationId])).rows.map(({ id }) => id);
  const byId = (list) => list.map((id) => ({ id }));
  const drafts = (await client.query(DRAFTS)).rows;
  return {
    Q1: (await ids("pages")).map((id) => ({ after: cursorOf(id) })),
    Q2: byId(await ids("sessions")),
    Q3: [{}],
    Q3v: [{}],
    Q4: byId(await ids("applications")),
    Q5: byId(await ids("jobs")),
    M1: drafts.map(({ id }) => ({ input: { id, version: 1 } })),
    /** Who hands in each of the drafts. */
    authors: drafts.map(({ email }) => email),
    /** What nobody of another organisation may see. */
    foreign: await ids("sessions"),
  };
}

/** A token as the server itself signs it in embedded mode. */
export const tokenFor = (email, org) => signToken(SECRET, { email, org }, "12h");
