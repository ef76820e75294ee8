import { proposeDecision } from "../../src/evaluations/decision.actions";
import { createScoreLink } from "../../src/evaluations/score-link.actions";
import { createCalendarAddress } from "../../src/interviews/calendar-address.actions";
import { type Company, company, type Person } from "../cast/company";
import { debriefed } from "../cast/debrief";
import { freeHour, interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
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

const deactivate = async (who: Person, more: object = {}, by: Person = "admin") =>
  mutate(firm.people[by], "deactivateMember", { ...(await versioned(firm, who)), ...more });
const reactivate = async (who: Person) => mutate(firm.people.admin, "reactivateMember", await versioned(firm, who));

/** Codes and fields of the refusal of any mutation, user errors or not. */
async function refusalOf(who: Person, mutation: string, input: object): Promise<[string, string][]> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code field message } } }`;
  const { data, errors } = await api.send(firm.people[who], query, { input });
  expect(errors).toBeUndefined();
  return data[mutation].userErrors.map(
    ({ code, field, message }: { code: string; field: string[]; message: string }) => [
      `${code} at ${field.join(".")}`,
      message,
    ],
  );
}

describe("whoever is deactivated", () => {
  test("is out with the next request, and back with the one after they are reactivated", async () => {
    const { ann } = firm.people;
    expect(await roleOnSigningIn(api, ann)).toBe("INTERVIEWER");
    expect((await deactivate("ann")).member).toMatchObject({ active: false, version: 2 });
    expect(await roleOnSigningIn(api, ann)).toBe("UNAUTHENTICATED");
    expect((await reactivate("ann")).member).toMatchObject({ active: true, role: "INTERVIEWER", version: 3 });
    expect(await roleOnSigningIn(api, ann)).toBe("INTERVIEWER");
    expect(await toldOf(ann)).toEqual([
      { type: "member.deactivated", changes: ["active"] },
      { type: "member.reactivated", changes: ["active"] },
    ]);
  });

  test("is deactivated once, and reactivated once", async () => {
    expect((await reactivate("ann")).errors).toEqual(["ILLEGAL_MOVE at id"]);
    await deactivate("ann");
    const again = await deactivate("ann");
    expect(again.errors).toEqual(["ILLEGAL_MOVE at id"]);
    expect(again.messages[0]).toContain("`reactivateMember`");
    const { id } = firm.people.bob;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => mutate(firm.people.admin, "deactivateMember", { id, version: 1 })),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual(Array(7).fill("STALE_VERSION at version"));
  });

  test("may be edited meanwhile, and comes back as edited", async () => {
    await deactivate("ann");
    const edited = await mutate(firm.people.admin, "editMember", {
      ...(await versioned(firm, "ann")),
      role: "RECRUITER",
    });
    expect(edited).toMatchObject({ errors: [], member: { active: false, role: "RECRUITER" } });
    await reactivate("ann");
    expect(await roleOnSigningIn(api, firm.people.ann)).toBe("RECRUITER");
  });

  test("goes for a reason that ADMIN alone reads, until they are back", async () => {
    const { member } = await deactivate("ann", { reason: "Went to a rival" });
    expect(member.deactivationReason).toBe("Went to a rival");
    const query = "query ($id: ID!) { node(id: $id) { ... on Member { active deactivationReason } } }";
    const read = async (who: Person) => (await api.ask(firm.people[who], query, { id: member.id })).node;
    expect(await read("admin")).toEqual({ active: false, deactivationReason: "Went to a rival" });
    for (const who of ["recruiter", "hiringManager", "auditor", "bob"] as const) {
      expect([who, await read(who)]).toEqual([who, { active: false, deactivationReason: null }]);
    }
    await withClient(superuserUrl, async (client) => {
      const told = await client.query("select j::text as said from journal_entries j where object_id = $1", [
        member.id,
      ]);
      expect(told.rows.map(({ said }) => said).join()).not.toContain("rival");
    });
    expect((await reactivate("ann")).member).toMatchObject({ deactivationReason: null });
  });

  test("leaves links behind that open nothing until they are back", async () => {
    const { applicationId } = await debriefed(firm, { ann: { query: 4 }, bob: { query: 3 } });
    const paths = [
      (await createCalendarAddress(firm.as("recruiter"), { label: "Phone" })).path,
      (await createScoreLink(firm.as("recruiter"), { applicationId })).path,
    ];
    const statuses = () => Promise.all(paths.map(async (path) => (await fetch(`${api.url}${path}`)).status));
    expect(await statuses()).toEqual([200, 200]);
    await deactivate("recruiter");
    expect(await statuses()).toEqual([404, 404]);
    await reactivate("recruiter");
    expect(await statuses()).toEqual([200, 200]);
  });

  test("takes no seat any more, wherever seats are given", async () => {
    const session = await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" });
    await deactivate("cyd");
    const memberId = firm.people.cyd.id;
    const startsAt = freeHour();
    const panelistId = await withClient(superuserUrl, async (client) => {
      const values = [session.id, firm.people.ann.id];
      return (await client.query("select id from panelists where session_id = $1 and member_id = $2", values)).rows[0]
        .id;
    });
    const tries: [string, object, string][] = [
      ["addPanelist", { sessionId: session.id, memberId }, "BAD_INPUT at memberId"],
      ["replacePanelist", { panelistId, memberId, reason: "Ill" }, "BAD_INPUT at memberId"],
      [
        "planInterviewSession",
        {
          applicationId: session.applicationId,
          kitId: firm.kit.id,
          startsAt: startsAt.toISOString(),
          endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
          timeZone: "UTC",
          panel: [{ memberId: firm.people.ann.id }, { memberId }],
        },
        "BAD_INPUT at panel.1.memberId",
      ],
    ];
    for (const [mutation, input, code] of tries) {
      expect([mutation, await refusalOf("recruiter", mutation, input)]).toEqual([
        mutation,
        [[code, "The member is deactivated: name somebody else."]],
      ]);
    }
  });

  test("dissents where they sat on the panel, and no more for having run the hiring", async () => {
    const { applicationId } = await debriefed(firm, { ann: {}, bob: {} });
    await deactivate("ann");
    await deactivate("recruiter");
    const words = { applicationId, outcome: "REJECT" as const, rationale: "Little was seen." };
    const { version } = await proposeDecision(firm.as("admin"), words);
    const record = (...dissenters: Person[]) =>
      refusalOf("admin", "recordDecision", {
        ...words,
        version,
        dissents: dissenters.map((who) => ({ memberId: firm.people[who].id, reason: "I saw more." })),
      });
    expect(await record("ann", "recruiter")).toEqual([["NOT_CONCERNED at dissents.1.memberId", expect.any(String)]]);
    expect(await record("ann")).toEqual([]);
  });
});

describe("the last ADMIN", () => {
  /** Who is ADMIN and may sign in, as the database has it. */
  const admins = async (): Promise<string[]> =>
    withClient(superuserUrl, async (client) => {
      const text = "select name from members where organization_id = $1 and role = 'ADMIN' and active order by name";
      return (await client.query(text, [firm.organizationId])).rows.map(({ name }) => name);
    });
  const become = async (who: Person, role: string, by: Person = "admin") =>
    mutate(firm.people[by], "editMember", { ...(await versioned(firm, who)), role });

  test("stays, whoever wishes otherwise, and may still be renamed", async () => {
    const lowered = await become("admin", "RECRUITER");
    expect(lowered.errors).toEqual(["LAST_ADMIN at role"]);
    expect(lowered.messages[0]).toContain("make somebody else ADMIN first");
    expect((await deactivate("admin")).errors).toEqual(["LAST_ADMIN at id"]);
    const renamed = { ...(await versioned(firm, "admin")), name: "Ada", role: "ADMIN" };
    expect((await mutate(firm.people.admin, "editMember", renamed)).errors).toEqual([]);
  });

  test("is not relieved by an ADMIN who is deactivated", async () => {
    await become("recruiter", "ADMIN");
    await deactivate("recruiter");
    expect((await become("admin", "RECRUITER")).errors).toEqual(["LAST_ADMIN at role"]);
    await reactivate("recruiter");
    expect((await become("admin", "RECRUITER")).errors).toEqual([]);
    expect(await admins()).toEqual(["recruiter"]);
    expect((await deactivate("recruiter", {}, "recruiter")).errors).toEqual(["LAST_ADMIN at id"]);
  });

  test("all that is wrong with an edit is told at once", async () => {
    const { email } = firm.people.bob;
    const { errors } = await mutate(firm.people.admin, "editMember", {
      ...(await versioned(firm, "admin")),
      role: "AUDITOR",
      email,
    });
    expect(errors).toEqual(["ALREADY_EXISTS at email", "LAST_ADMIN at role"]);
  });

  /** What two who are ADMIN do to each other, or to themselves, at the same instant. */
  const DUELS: [string, (self: Person, other: Person) => Promise<{ errors: string[] }>][] = [
    ["demote each other", (self, other) => become(other, "RECRUITER", self)],
    ["deactivate each other", (self, other) => deactivate(other, {}, self)],
    ["step down", (self) => become(self, "INTERVIEWER", self)],
    ["leave", (self) => deactivate(self, {}, self)],
    [
      "demote and deactivate each other",
      (self, other) => (self === "admin" ? become(other, "AUDITOR", self) : deactivate(other, {}, self)),
    ],
  ];

  test.each(DUELS)("is left where two %s at the same instant, twenty times over", async (_, strike) => {
    const two: Person[] = ["admin", "recruiter"];
    for (let round = 0; round < 20; round++) {
      await withClient(superuserUrl, (client) =>
        client.query("update members set role = 'ADMIN', active = true where id = any($1)", [
          two.map((who) => firm.people[who].id),
        ]),
      );
      const [first, second] = two as [Person, Person];
      const answers = await Promise.all([strike(first, second), strike(second, first)]);
      expect(await admins()).toHaveLength(1);
      // Whoever comes second meets the rule, or is out already.
      const [refused, ...others] = answers.flatMap(({ errors }) => errors);
      expect(refused).toMatch(/^(LAST_ADMIN at (role|id)|FORBIDDEN|UNAUTHENTICATED)$/);
      expect(others).toEqual([]);
    }
  });

  test("is left where five go at the same instant", async () => {
    const five: Person[] = ["admin", "recruiter", "hiringManager", "ann", "bob"];
    for (const who of five.slice(1)) await become(who, "ADMIN");
    const gone = await Promise.all(five.map((who) => deactivate(who, {}, who)));
    expect(gone.flatMap(({ errors }) => errors)).toEqual(["LAST_ADMIN at id"]);
    expect(await admins()).toHaveLength(1);
  });
});
