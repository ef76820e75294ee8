/** What a reader who came to break in found about who is who, and our answers. */
import { createApiKey } from "../../src/identity/api-key.actions";
import { inviteMember } from "../../src/identity/member.actions";
import type { Scope } from "../../src/identity/viewer.rules";
import { Panelist } from "../../src/interviews/interview-session.entity";
import { allRows } from "../../src/platform/db/reader";
import { type Company, company, type Person } from "../cast/company";
import { debriefed } from "../cast/debrief";
import { interview, submit } from "../cast/interview";
import { keyWith } from "../cast/keys";
import { type Api, type Signer, startApi } from "../support/api";

let api: Api;
let firm: Company;

beforeAll(async () => {
  api = await startApi();
});

beforeEach(async () => {
  firm = await company(api.database);
});

afterAll(() => api.close());

describe("a key of somebody who sits on the panel", () => {
  const seatOf = async (sessionId: string, who: Person) => {
    const where = (bind: (value: unknown) => string) =>
      `t.session_id = ${bind(sessionId)} and t.member_id = ${bind(firm.people[who].id)}`;
    return (await allRows(firm.as("admin").db, Panelist, where))[0]!.id;
  };

  const deeds: Record<string, (sessionId: string) => Promise<object>> = {
    removePanelist: async (sessionId) => ({ panelistId: await seatOf(sessionId, "admin") }),
    editPanelist: async (sessionId) => ({ panelistId: await seatOf(sessionId, "admin"), seat: "SHADOW" }),
    replacePanelist: async (sessionId) => ({
      panelistId: await seatOf(sessionId, "admin"),
      memberId: firm.people.cyd.id,
    }),
    addPanelist: async (sessionId) => ({ sessionId, memberId: firm.people.recruiter.id }),
  };

  test.each(Object.keys(deeds))("does no %s once a scorecard is in, and does while none is", async (deed) => {
    const { secret } = await keyWith(firm, ["interviews:write"]);
    const doIt = async (isRated: boolean) => {
      const session = await interview(firm, { panel: ["ann", "admin", "bob"] });
      if (isRated) await submit(firm, "ann", session, { "sql-query": 2 });
      const type = `${deed[0]!.toUpperCase()}${deed.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${deed}(input: $input) { userErrors { code } } }`;
      return api.send(secret, query, { input: await deeds[deed]!(session.id) });
    };
    const { data, errors } = await doIt(true);
    expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([null, ["FORBIDDEN"]]);
    expect((await doIt(false)).data).toEqual({ [deed]: { userErrors: [] } });
  });
});

describe("an invitation of another organisation", () => {
  const nameless = ({ email }: { email: string }) => ({ email }) as Signer;
  const invite = (by: Company, email: string) =>
    inviteMember(by.as("admin"), { email, name: "Somebody", role: "INTERVIEWER" });
  const organizationOf = async (signer: Signer): Promise<string | undefined> =>
    (await api.send(signer, "{ viewer { organization { id } } }")).data?.viewer.organization.id;

  test("asks nothing of somebody who has joined one", async () => {
    const other = await company(api.database);
    expect(await organizationOf(nameless(firm.people.ann))).toBe(firm.organizationId);
    await invite(other, firm.people.ann.email);
    expect(await organizationOf(nameless(firm.people.ann))).toBe(firm.organizationId);
  });

  test("counts once it is accepted, by naming it", async () => {
    const other = await company(api.database);
    const { email } = firm.people.bob;
    await invite(other, email);
    expect(await organizationOf({ email, organizationId: other.organizationId })).toBe(other.organizationId);
    expect(await organizationOf(nameless({ email }))).toBeUndefined();
    expect(await organizationOf({ email, organizationId: firm.organizationId })).toBe(firm.organizationId);
  });

  test("is found by who belongs nowhere else", async () => {
    const email = `new-${firm.organizationId}@company.example`;
    await invite(firm, email);
    expect(await organizationOf(nameless({ email }))).toBe(firm.organizationId);
  });

  test("is not accepted by an earlier owner of the seat, whose address was changed", async () => {
    const other = await company(api.database);
    const mutation =
      "mutation ($input: EditMemberInput!) { editMember(input: $input) { member { joinedAt } userErrors { code } } }";
    const { id, version } = other.people.cyd;
    const { editMember } = await api.ask(other.people.admin, mutation, {
      input: { id, version, email: firm.people.ann.email },
    });
    expect(editMember.member).toEqual({ joinedAt: null });
    expect(await organizationOf(nameless(firm.people.ann))).toBe(firm.organizationId);
  });
});

test("letters that only look like A to Z are other letters: the Kelvin sign is no K", async () => {
  const known = await inviteMember(firm.as("admin"), { email: `k-${firm.people.ann.email}`, name: "K", role: "ADMIN" });
  const as = async (email: string) =>
    (await api.send({ email, organizationId: firm.organizationId }, "{ viewer { member { id } } }")).data?.viewer.member
      .id;
  expect(await as(known.email.replace("k", "K"))).toBe(known.id);
  expect(await as(known.email.replace("k", "\u212a"))).toBeUndefined();
});

describe("what no table tells of, because it has no id", () => {
  const SCORE = "{ applications { nodes { evaluation { chart } debrief { openedAt } standing { id } } } }";

  test.each<[Scope[], boolean]>([
    [["candidates:read"], false],
    [["interviews:read", "candidates:write"], false],
    [["scorecards:read"], true],
  ])("is shown to a key with %j: %j", async (scopes, isShown) => {
    await debriefed(firm, { ann: { "sql-query": 3 } });
    const { secret } = await createApiKey(firm.as("admin"), { name: "x", environment: "LIVE", scopes });
    const { data } = await api.send(secret, SCORE);
    expect(data.applications.nodes).toHaveLength(1);
    const [{ evaluation, debrief }] = data.applications.nodes;
    expect([evaluation !== null, debrief !== null]).toEqual([isShown, isShown]);
  });

  test("is shown to no key without the scope where there was no interview either", async () => {
    await firm.applicant();
    const { secret } = await keyWith(firm, ["candidates:read"]);
    const { data } = await api.send(secret, SCORE);
    expect(data.applications.nodes).toEqual([{ evaluation: null, debrief: null, standing: null }]);
  });
});
