import type { Member } from "../../src/identity/member.entity";
import { type Company, company, type Person, roleOf } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Api, type Signer, startApi } from "../support/api";
import { type MutateMember, mutatingMembers, roleOnSigningIn, toldOf, versioned } from "./member-mutations";

let api: Api;
let firm: Company;
let mutate: MutateMember;

jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
  mutate = mutatingMembers(api);
});

beforeEach(async () => {
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
});

afterAll(() => api.close());

const invited = (email: string, more: object = {}) => ({ email, name: "Dana Ito", role: "INTERVIEWER", ...more });
const signer = (email: string): Signer => ({ email, organizationId: firm.organizationId });
/** Names no organisation, so that the e-mail alone tells where they belong. */
const nameless = (email: string) => ({ email }) as Signer;
const admin = () => firm.people.admin;
const domainOf = ({ email }: Member) => email.split("@")[1]!;

describe("whoever is invited", () => {
  test("signs in as soon as their e-mail is vouched for, whatever its letters", async () => {
    const email = `dana@${domainOf(admin())}`;
    expect(await roleOnSigningIn(api, signer(email))).toBe("UNAUTHENTICATED");
    const { member, errors } = await mutate(admin(), "inviteMember", invited(email.toUpperCase()));
    expect(errors).toEqual([]);
    expect(member).toMatchObject({ email, name: "Dana Ito", role: "INTERVIEWER", active: true, version: 1 });
    expect(await roleOnSigningIn(api, signer(email))).toBe("INTERVIEWER");
    expect(await roleOnSigningIn(api, nameless(email.replace("dana", "DANA")))).toBe("INTERVIEWER");
    expect(await toldOf(member)).toEqual([
      { type: "member.invited", changes: [] },
      { type: "member.joined", changes: ["joinedAt"] },
    ]);
  });

  test("is not there yet, whatever the letters of the address", async () => {
    const email = admin().email.replace("admin", "ADMIN");
    const { member, errors, messages } = await mutate(admin(), "inviteMember", invited(email));
    expect({ member, errors }).toEqual({ member: null, errors: ["ALREADY_EXISTS at email"] });
    expect(messages[0]).toMatch(/^The e-mail address is admin's: edit that member/);
  });

  test("was not deactivated: such a one is brought back, and the answer says how", async () => {
    await mutate(admin(), "deactivateMember", await versioned(firm, "cyd"));
    const { errors, messages } = await mutate(admin(), "inviteMember", invited(firm.people.cyd.email));
    expect(errors).toEqual(["ALREADY_EXISTS at email"]);
    expect(messages[0]).toContain("use `reactivateMember`");
  });

  test("is invited once, however many invite them at the same moment", async () => {
    const email = `dana@${domainOf(admin())}`;
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => mutate(admin(), "inviteMember", invited(email))),
    );
    expect(answers.filter(({ member }) => member !== null)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors)).toEqual(Array(11).fill("ALREADY_EXISTS at email"));
  });

  test("may work elsewhere too", async () => {
    const { email } = (await company(api.database)).people.ann;
    expect((await mutate(admin(), "inviteMember", invited(email))).errors).toEqual([]);
    expect(await roleOnSigningIn(api, signer(email))).toBe("INTERVIEWER");
    expect(await roleOnSigningIn(api, nameless(email))).toBe("UNAUTHENTICATED");
  });

  test.each<[string, object, string[]]>([
    ["has an address", { email: "nobody" }, ["BAD_INPUT at email"]],
    ["has an address that ends", { email: `d@${"x".repeat(253)}` }, ["BAD_INPUT at email"]],
    ["has a name", { name: " " }, ["BAD_INPUT at name"]],
    ["has both", { email: "@", name: "" }, ["BAD_INPUT at email", "BAD_INPUT at name"]],
  ])("%s", async (_, change, errors) => {
    expect((await mutate(admin(), "inviteMember", { ...invited("d@x.example"), ...change })).errors).toEqual(errors);
  });
});

describe("an edit", () => {
  test("leaves what is left out or null, and the journal names what changed", async () => {
    const { id } = firm.people.ann;
    const first = await mutate(admin(), "editMember", { id, version: 1, name: "Ann Lee", role: null, email: null });
    expect(first).toMatchObject({ errors: [], member: { name: "Ann Lee", role: "INTERVIEWER", version: 2 } });
    const email = `Ann.Lee@${domainOf(admin())}`;
    const second = await mutate(admin(), "editMember", { id, version: 2, role: "HIRING_MANAGER", email });
    expect(second.member).toMatchObject({ name: "Ann Lee", role: "HIRING_MANAGER", email: email.toLowerCase() });
    const same = { name: "Ann Lee", role: "HIRING_MANAGER", email };
    expect((await mutate(admin(), "editMember", { id, version: 3, ...same })).member).toMatchObject({ version: 3 });
    expect(await toldOf({ id })).toEqual([
      { type: "member.edited", changes: ["name"] },
      { type: "member.edited", changes: ["email", "role"] },
    ]);
  });

  test("of the e-mail holds at the next request: the old one signs nobody in", async () => {
    const { id, email } = firm.people.ann;
    const next = `lee@${domainOf(admin())}`;
    await mutate(admin(), "editMember", { id, version: 1, email: next });
    for (const name of [signer, nameless]) {
      expect(await roleOnSigningIn(api, name(email))).toBe("UNAUTHENTICATED");
      expect(await roleOnSigningIn(api, name(next))).toBe("INTERVIEWER");
    }
  });

  test("takes no address that is somebody else's", async () => {
    const { id } = firm.people.ann;
    const taken = { id, version: 1, email: firm.people.bob.email.toUpperCase() };
    const { errors, messages } = await mutate(admin(), "editMember", taken);
    expect(errors).toEqual(["ALREADY_EXISTS at email"]);
    expect(messages[0]).toContain("bob's");
  });

  test("of two who want one address at the same moment lets one have it", async () => {
    const email = `lee@${domainOf(admin())}`;
    const wishes = (["ann", "bob", "cyd"] as const).map((who) => ({ id: firm.people[who].id, version: 1, email }));
    const inviting = mutate(admin(), "inviteMember", invited(email));
    const answers = await Promise.all([inviting, ...wishes.map((each) => mutate(admin(), "editMember", each))]);
    expect(answers.flatMap(({ errors }) => errors)).toEqual(Array(3).fill("ALREADY_EXISTS at email"));
  });

  test("of a version read before another is stale; of twenty at once one succeeds", async () => {
    const { id } = firm.people.ann;
    const names = Array.from({ length: 20 }, (_, at) => ({ id, version: 1, name: `Ann ${at}` }));
    const answers = await Promise.all(names.map((input) => mutate(admin(), "editMember", input)));
    expect(answers.flatMap(({ errors }) => errors)).toEqual(Array(19).fill("STALE_VERSION at version"));
  });

  test("reaches nobody of another organisation", async () => {
    const other = await company(api.database);
    for (const mutation of ["editMember", "deactivateMember", "reactivateMember"]) {
      const { errors } = await mutate(admin(), mutation, { id: other.people.ann.id, version: 1 });
      expect([mutation, errors]).toEqual([mutation, ["NOT_FOUND"]]);
    }
    expect(await versioned(other, "ann")).toMatchObject({ version: 1 });
  });
});

test.each<Person>(["recruiter", "hiringManager", "ann", "auditor"])("%s lets nobody in or out", async (who) => {
  const { id } = firm.people.bob;
  const inputs = {
    inviteMember: invited("dana@x.example"),
    editMember: { id: firm.people[who].id, version: 1, role: "ADMIN" },
    deactivateMember: { id, version: 1 },
    reactivateMember: { id, version: 1 },
  };
  for (const [mutation, input] of Object.entries(inputs)) {
    const { errors, messages } = await mutate(firm.people[who], mutation, input);
    expect([mutation, errors]).toEqual([mutation, ["FORBIDDEN"]]);
    expect(messages[0]).toContain("is for ADMIN");
  }
  expect(await roleOnSigningIn(api, firm.people[who])).toBe(roleOf(who));
});

describe("another role", () => {
  const become = async (who: Person, role: string) =>
    mutate(admin(), "editMember", { ...(await versioned(firm, who)), role });
  const cardsSeenBy = async (who: Person): Promise<number> =>
    (await api.ask(firm.people[who], "{ scorecards { totalCount } }")).scorecards.totalCount;

  test("holds from the next request on, up and down", async () => {
    const session = await interview(firm, { panel: ["bob"] });
    await submit(firm, "bob", session, { query: 3 });
    const seen: [string, number][] = [];
    for (const role of ["INTERVIEWER", "ADMIN", "AUDITOR", "RECRUITER", "INTERVIEWER"]) {
      await become("ann", role);
      seen.push([await roleOnSigningIn(api, firm.people.ann), await cardsSeenBy("ann")]);
    }
    expect(seen).toEqual([
      ["INTERVIEWER", 0],
      ["ADMIN", 1],
      ["AUDITOR", 0],
      ["RECRUITER", 1],
      ["INTERVIEWER", 0],
    ]);
  });

  test.each(["ADMIN", "RECRUITER", "HIRING_MANAGER"])(
    "%s opens nothing to whoever owes a scorecard, until it is in",
    async (role) => {
      const session = await interview(firm, { panel: ["ann", "bob"] });
      const card = await submit(firm, "bob", session, { query: 3 });
      await become("ann", role);
      expect(await roleOnSigningIn(api, firm.people.ann)).toBe(role);
      const node = "query ($id: ID!) { node(id: $id) { id } }";
      const score =
        "query ($id: ID!) { node(id: $id) { ... on Application { evaluation { overall { score } } standing { id } } } }";
      const asked = { id: session.applicationId };
      expect(await cardsSeenBy("ann")).toBe(0);
      const hidden = await api.send(firm.people.ann, node, { id: card.id });
      expect(hidden.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
      expect((await api.ask(firm.people.ann, score, asked)).node).toEqual({ evaluation: null, standing: null });
      // Nor by stepping out of their own blindness.
      const { data, errors } = await api.send(
        firm.people.ann,
        "query ($id: ID!) { node(id: $id) { ... on InterviewSession { panel { id member { id } } } } }",
        { id: session.id },
      );
      expect(errors).toBeUndefined();
      const own = data.node.panel.find(({ member }: { member: { id: string } }) => member.id === firm.people.ann.id);
      const leaving =
        "mutation ($input: RemovePanelistInput!) { removePanelist(input: $input) { userErrors { code } } }";
      const left = await api.send(firm.people.ann, leaving, { input: { panelistId: own.id } });
      expect(left.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);

      await submit(firm, "ann", session, { query: 4 });
      expect(await cardsSeenBy("ann")).toBe(2);
      expect((await api.ask(firm.people.ann, score, asked)).node.evaluation.overall).not.toBeNull();
    },
  );
});
