import { createScoreLink, revokeScoreLink } from "../../src/evaluations/score-link.actions";
import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import { type Company, company, type Person } from "../cast/company";
import { interview, submit, type Values } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { named, parsed, textOf } from "./markup";

jest.setTimeout(60_000);

let api: Api;
let firm: Company;

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
});

afterAll(() => api.close());

const CREATE = `mutation ($input: CreateScoreLinkInput!) {
  createScoreLink(input: $input) {
    newScoreLink { path scoreLink { id createdAt expiresAt revokedAt createdBy { id } application { id } } }
    userErrors { code message field }
  }
}`;
const REVOKE = `mutation ($input: RevokeScoreLinkInput!) {
  revokeScoreLink(input: $input) { scoreLink { id revokedAt } userErrors { code field } }
}`;
const LINKS = `query ($id: ID!) {
  node(id: $id) { ... on Application { scoreLinks { totalCount nodes { id } } evaluation { chart } } }
}`;

const DAY = 86_400_000;

/** docs/scoring.md, "A worked example". */
const WORKED: [Person, Values][] = [
  ["ann", { "sql-query": 4, "sql-schema": 3, "rest-design": 4, "rest-errors": 3, "ds-complexity": 4 }],
  ["bob", { "sql-query": 5, "sql-schema": 4, "rest-design": 3, "rest-errors": 3, "ds-complexity": 4 }],
  ["cyd", { "sql-query": 3, "sql-schema": 3, "rest-design": 4, "rest-errors": 2, "ds-complexity": 5 }],
];

/** The worked example's application, and its session. */
async function worked(where = firm, name = "Chris Candidate"): Promise<InterviewSession> {
  const { id: applicationId } = await where.applicant(name);
  const session = await interview(where, { applicationId, panel: ["ann", "bob", "cyd"] });
  for (const [who, values] of WORKED) await submit(where, who, session, values);
  return session;
}

const open = (path: string) => fetch(api.url + path);
const statusOf = async (path: string) => (await open(path)).status;
const pageUnder = async (path: string) =>
  parsed((await (await open(path)).text()).replace("<!doctype html>\n", "").trim());

const linkTo = async (applicationId: string, maker: Person = "recruiter", where = firm) =>
  (await createScoreLink(where.as(maker), { applicationId })).path;

/** What nobody does through the API yet. */
const asOwner = (text: string, ...values: unknown[]) =>
  withClient(superuserUrl, (client) => client.query(text, values));

test("a link opens the page for somebody who does not sign in", async () => {
  const { applicationId } = await worked();
  const before = Date.now();
  const { createScoreLink: made } = await api.ask(firm.people.recruiter, CREATE, { input: { applicationId } });
  const { path, scoreLink } = made.newScoreLink;
  expect(path).toMatch(/^\/score\/[\w-]{86}$/);
  expect(scoreLink).toMatchObject({
    revokedAt: null,
    createdBy: { id: firm.people.recruiter.id },
    application: { id: applicationId },
  });
  const lifetime = new Date(scoreLink.expiresAt).getTime() - new Date(scoreLink.createdAt).getTime();
  expect(lifetime).toBe(14 * DAY);
  expect(new Date(scoreLink.createdAt).getTime()).toBeGreaterThanOrEqual(before);

  const page = await pageUnder(path);
  expect(textOf(named(page, "h1")[0]!)).toBe("Chris Candidate");
  expect(textOf(page)).toContain("The link was made by recruiter on ");
  expect(textOf(page)).toContain("95 % interval 50.7 to 87.5; 92 % probable to be above the pass mark of 60");
  for (const { name, email } of [firm.people.ann, firm.people.bob, firm.people.cyd]) {
    expect(textOf(page)).not.toContain(email);
    expect(textOf(page)).not.toMatch(new RegExp(`\\b${name}\\b`));
  }
});

test("what the criteria bring adds up to the score that the page shows", async () => {
  const { applicationId } = await worked();
  const [skills, criteria] = named(await pageUnder(await linkTo(applicationId)), "table");
  const cells = named(criteria!, "tr").map((row) => row.children.map((cell) => textOf(cell as never)));
  const points = cells.slice(1, -1).flatMap((row) => (row.length === 7 ? [Number(row[6])] : []));
  expect(points).toHaveLength(5);
  expect(points.reduce((sum, each) => sum + each, 0).toFixed(2)).toBe("69.10");
  expect(cells.at(-1)!.at(-1)).toBe("69.10");
  expect(named(skills!, "tr").map((row) => textOf(row.children[0] as never))).toEqual([
    "Skill",
    "SQL",
    "REST",
    "DS",
    "Overall",
  ]);
});

test("the page may load nothing, is kept nowhere and is found by nobody", async () => {
  const { applicationId } = await worked();
  const { status, headers } = await open(await linkTo(applicationId));
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
  expect(headers.get("cache-control")).toBe("private, no-store");
  expect(headers.get("x-robots-tag")).toBe("noindex");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("a name that is markup is shown as it is", async () => {
  const name = `<script>alert("1")</script> & 'Co'`;
  const { applicationId } = await worked(firm, name);
  const page = await pageUnder(await linkTo(applicationId));
  expect(named(page, "script")).toEqual([]);
  expect(textOf(named(page, "h1")[0]!)).toBe(name);
});

test.each([1, 90])("a link of %d days works until its last instant, and then no more", async (expiresInDays) => {
  const { applicationId } = await worked();
  const past = new Date(Date.now() - expiresInDays * DAY);
  const at = async (offset: number) => {
    const recruiter = firm.as("recruiter");
    const now = new Date(past.getTime() + offset);
    return (await createScoreLink({ ...recruiter, now }, { applicationId, expiresInDays })).path;
  };
  expect(await statusOf(await at(60_000))).toBe(200);
  expect(await statusOf(await at(-1))).toBe(404);
});

test.each([0, 91])("it cannot be made for %d days", async (expiresInDays) => {
  const { applicationId } = await worked();
  const { data } = await api.send(firm.people.recruiter, CREATE, { input: { applicationId, expiresInDays } });
  expect(data.createScoreLink).toMatchObject({
    newScoreLink: null,
    userErrors: [{ code: "BAD_INPUT", field: ["expiresInDays"] }],
  });
});

test("a revoked link opens nothing at once, and stays revoked when it is again", async () => {
  const { applicationId } = await worked();
  const { path, scoreLink } = await createScoreLink(firm.as("recruiter"), { applicationId });
  const input = { id: scoreLink.id };
  expect(await statusOf(path)).toBe(200);
  const { revokeScoreLink: revoked } = await api.ask(firm.people.hiringManager, REVOKE, { input });
  expect(revoked.scoreLink).toEqual({ id: scoreLink.id, revokedAt: expect.any(String) });
  expect(await statusOf(path)).toBe(404);
  const again = await api.ask(firm.people.recruiter, REVOKE, { input });
  expect(again.revokeScoreLink).toEqual(revoked);
});

test("what opens nothing is answered alike", async () => {
  const { applicationId } = await worked();
  const path = await linkTo(applicationId);
  const token = path.slice("/score/".length);
  const stranger = await company(api.database);
  const elsewhere = (await linkTo((await worked(stranger)).applicationId, "recruiter", stranger)).slice(
    "/score/".length,
  );
  const flipped = (at: number) => token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
  // 16 bytes of organisation and 16 of link stand in the first 42 characters; whole groups of three bytes in 40.
  const mixed = elsewhere.slice(0, 20) + token.slice(20);
  const wrong = [flipped(3), flipped(30), flipped(50), flipped(84), mixed, "", "short", `${token}A`, "%00"];
  const answers = await Promise.all(wrong.map((each) => open(`/score/${each}`)));
  expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 404));
  expect(await statusOf(path)).toBe(200);
  const told = await Promise.all(answers.slice(0, 5).map((answer) => answer.text()));
  expect(new Set(told)).toEqual(new Set(["There is nothing under this link.\n"]));
});

test("a link goes with its maker: deactivated, or no longer running the hiring", async () => {
  const own = await company(api.database);
  const { applicationId } = await worked(own);
  const path = await linkTo(applicationId, "hiringManager", own);
  const { id } = own.people.hiringManager;
  expect(await statusOf(path)).toBe(200);
  await asOwner("update members set active = false where id = $1", id);
  expect(await statusOf(path)).toBe(404);
  await asOwner("update members set active = true, role = 'INTERVIEWER' where id = $1", id);
  expect(await statusOf(path)).toBe(404);
  await asOwner("update members set role = 'HIRING_MANAGER' where id = $1", id);
  expect(await statusOf(path)).toBe(200);
});

test("it shows nothing while its maker owes the application a scorecard, and then what it comes to", async () => {
  const { applicationId } = await worked();
  const path = await linkTo(applicationId, "hiringManager");
  const session = await interview(firm, { applicationId, panel: ["hiringManager"] });
  expect(await statusOf(path)).toBe(404);
  const { data } = await api.send(firm.people.hiringManager, CREATE, { input: { applicationId } });
  expect(data.createScoreLink).toEqual({
    newScoreLink: null,
    userErrors: [
      {
        code: "SCORE_WITHHELD",
        message: expect.stringMatching(/hand in the scorecards that you owe/),
        field: ["applicationId"],
      },
    ],
  });
  await submit(firm, "hiringManager", session, { "sql-query": 1 });
  const page = await pageUnder(path);
  expect(textOf(page)).toContain("It rests on ratings by 4 interviewers");
});

test.each<Person>(["ann", "auditor"])("%s neither makes nor revokes nor sees links", async (person) => {
  const { applicationId } = await worked();
  const { scoreLink } = await createScoreLink(firm.as("recruiter"), { applicationId });
  const codes = async (text: string, input: object) =>
    (await api.send(firm.people[person], text, { input })).errors?.map(({ extensions }) => extensions.code);
  expect(await codes(CREATE, { applicationId })).toEqual(["FORBIDDEN"]);
  expect(await codes(REVOKE, { id: scoreLink.id })).toEqual(["FORBIDDEN"]);
  const { node } = await api.ask(firm.people[person], LINKS, { id: applicationId });
  expect(node.scoreLinks).toEqual({ totalCount: 0, nodes: [] });
});

test("another organisation neither makes nor revokes a link", async () => {
  const stranger = await company(api.database);
  const { applicationId } = await worked();
  const { path, scoreLink } = await createScoreLink(firm.as("recruiter"), { applicationId });
  await expect(createScoreLink(stranger.as("admin"), { applicationId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(revokeScoreLink(stranger.as("admin"), { id: scoreLink.id })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await statusOf(path)).toBe(200);
});

test("the journal tells of links, and nobody can read a token out of the database", async () => {
  const { applicationId } = await worked();
  const { path, scoreLink } = await createScoreLink(firm.as("recruiter"), { applicationId });
  await revokeScoreLink(firm.as("recruiter"), { id: scoreLink.id });
  const { rows } = await asOwner(
    "select type, changes from journal_entries where object_id = $1 order by sequence",
    scoreLink.id,
  );
  expect(rows).toEqual([
    { type: "score_link.created", changes: [] },
    { type: "score_link.revoked", changes: ["revokedAt"] },
  ]);
  const stored = JSON.stringify((await asOwner("select * from score_links where id = $1", scoreLink.id)).rows);
  expect(stored).not.toContain(path.slice(-43));
});

describe("the chart", () => {
  test("is an SVG of the worked example, in the profile's order, and names nobody", async () => {
    const { applicationId } = await worked();
    const { node } = await api.ask(firm.people.auditor, LINKS, { id: applicationId });
    const svg = parsed(node.evaluation.chart);
    const told = textOf(named(svg, "desc")[0]!).replace(/[\u2068\u2069]/g, "");
    expect(told).toMatch(/^Overall 69\.1 of 100: recommended, borderline\. 95 % interval 50\.7 to 87\.5;/);
    expect(told).toMatch(/“SQL”: 69\.4 of 100, 95 % interval .* “REST”: 54\.2 of 100.* “DS”: 83\.3 of 100/);
    expect(node.evaluation.chart).not.toContain("Chris");
  });

  test("shows the gates of criteria with their names and scales", async () => {
    const gated = await company(api.database, {
      skills: { sql: 1 },
      criteria: [
        { key: "query", skill: "sql", weight: 1, gate: { min: 3, rule: "ANY" } },
        { key: "schema", skill: "sql", weight: 1 },
      ],
    });
    const session = await interview(gated, { panel: ["ann"] });
    await submit(gated, "ann", session, { query: 2, schema: 5 });
    const { node } = await api.ask(gated.people.recruiter, LINKS, { id: session.applicationId });
    expect(textOf(parsed(node.evaluation.chart)).replace(/[\u2068\u2069]/g, "")).toContain(
      "Gate failed: “query”, lowest rating 2, needs at least 3 (scale 1 to 5)",
    );
  });
});
