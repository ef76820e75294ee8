import { type Company, company, type Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

let api: Api;
let firm: Company;

/** Two cores may be shared with other test files. */
jest.setTimeout(30_000);

beforeAll(async () => {
  api = await startApi();
});

beforeEach(async () => {
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
});

afterAll(() => api.close());

const UPDATE = `mutation ($input: UpdateOrganizationSettingsInput!) { updateOrganizationSettings(input: $input) {
  organization { id name feedbackVisibility requireEveryCriterion requireEvidenceForExtremes version }
  userErrors { code field } } }`;

async function update(who: Person, input: object) {
  const { data, errors } = await api.send(firm.people[who], UPDATE, { input });
  const { organization, userErrors } = data?.updateOrganizationSettings ?? { organization: null, userErrors: [] };
  return {
    organization,
    codes: [...(errors ?? []).map(({ extensions }) => extensions.code), ...userErrors.map(codeOf)],
  };
}

const codeOf = ({ code, field }: { code: string; field: string[] | null }): string => `${code} at ${field?.join(".")}`;

/** Names of the fields of each change, as the journal tells. */
const changesTold = (): Promise<string[][]> =>
  withClient(superuserUrl, async (client) => {
    const { rows } = await client.query(
      `select changes from journal_entries
       where organization_id = $1 and object_id = $1 and type = 'organization.settings_updated' order by sequence`,
      [firm.organizationId],
    );
    return rows.map(({ changes }) => changes);
  });

const NEW = {
  feedbackVisibility: "AFTER_OWN_SUBMISSION",
  requireEveryCriterion: true,
  requireEvidenceForExtremes: true,
};

test("what is left out or null stays; the journal names what changed", async () => {
  const first = await update("admin", { version: 1, feedbackVisibility: "NEVER", requireEveryCriterion: null });
  expect(first).toMatchObject({ codes: [], organization: { ...NEW, feedbackVisibility: "NEVER", version: 2 } });
  const rest = { requireEveryCriterion: false, requireEvidenceForExtremes: false };
  const second = await update("admin", { version: 2, ...rest });
  expect(second.organization).toMatchObject({ feedbackVisibility: "NEVER", ...rest, version: 3 });
  expect(await changesTold()).toEqual([
    ["feedbackVisibility"],
    ["requireEveryCriterion", "requireEvidenceForExtremes"],
  ]);
});

test("the company is renamed, and nothing else with it", async () => {
  const { organization } = await update("admin", { version: 1, name: "Acme Holding" });
  expect(organization).toMatchObject({ ...NEW, name: "Acme Holding", version: 2 });
  const both = { name: "Acme", requireEveryCriterion: false };
  expect((await update("admin", { version: 2, ...both })).organization).toMatchObject({ ...NEW, ...both });
  expect(await update("admin", { version: 3, name: "Acme" })).toMatchObject({ organization: { version: 3 } });
  expect(await changesTold()).toEqual([["name"], ["name", "requireEveryCriterion"]]);
});

test.each(["", "  ", "two\nlines", "x".repeat(201)])("the company is not called %j", async (name) => {
  expect((await update("admin", { version: 1, name })).codes).toEqual(["BAD_INPUT at name"]);
});

test("what changes nothing leaves the organisation as it is", async () => {
  expect(await update("admin", { version: 1, ...NEW })).toMatchObject({
    codes: [],
    organization: { ...NEW, version: 1 },
  });
  expect(await update("admin", { version: 1 })).toMatchObject({ codes: [], organization: { version: 1 } });
  expect(await changesTold()).toEqual([]);
});

test.each<Person>(["recruiter", "hiringManager", "ann", "auditor"])("%s may not", async (who) => {
  expect((await update(who, { version: 1, feedbackVisibility: "ALWAYS" })).codes).toEqual(["FORBIDDEN"]);
  expect((await update("admin", { version: 1 })).organization).toMatchObject(NEW);
});

test("a version that was read before a change is stale; of twenty at once one succeeds", async () => {
  expect((await update("admin", { version: 2, requireEveryCriterion: false })).codes).toEqual([
    "STALE_VERSION at version",
  ]);
  expect((await update("admin", { version: 0 })).codes).toEqual(["BAD_INPUT at version"]);
  const inputs = Array.from({ length: 20 }, () => ({ version: 1, requireEveryCriterion: false }));
  const codes = (await Promise.all(inputs.map((input) => update("admin", input)))).flatMap((answer) => answer.codes);
  expect(codes).toEqual(new Array(19).fill("STALE_VERSION at version"));
});

test("a panellist's sight changes at once, and back", async () => {
  const session = await interview(firm, { panel: ["ann", "bob"] });
  await submit(firm, "bob", session, { query: 3 });
  const seen = async () => {
    const { scorecards } = await api.ask(firm.people.ann, "{ scorecards(first: 9) { totalCount nodes { id } } }");
    expect(scorecards.nodes).toHaveLength(scorecards.totalCount);
    return scorecards.totalCount;
  };
  const told: number[] = [await seen()];
  const policies = ["ALWAYS", "AFTER_OWN_SUBMISSION", "NEVER", "ALWAYS"];
  for (const [at, feedbackVisibility] of policies.entries()) {
    expect((await update("admin", { version: at + 1, feedbackVisibility })).codes).toEqual([]);
    told.push(await seen());
  }
  expect(told).toEqual([0, 1, 0, 0, 1]);
});

test("one organisation's settings are not another's", async () => {
  const other = await company(api.database);
  await update("admin", { version: 1, feedbackVisibility: "ALWAYS" });
  const { viewer } = await api.ask(other.people.admin, "{ viewer { organization { feedbackVisibility version } } }");
  expect(viewer.organization).toEqual({ feedbackVisibility: "AFTER_OWN_SUBMISSION", version: 1 });
});
