import { execute, parse } from "graphql";
import type { KeyViewer } from "../../src/identity/viewer.rules";
import { contextOf } from "../../src/platform/context";
import { schema } from "../../src/server";
import { type Company, company, type Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { type Entry, writeDiary } from "../dashboards/diary";
import { mutatingMembers, versioned } from "../identity/member-mutations";
import { type Api, startApi } from "../support/api";
import { mutations } from "./mutations";

jest.setTimeout(60_000);

let api: Api;
let firm: Company;
const sessions: Record<string, string> = {};

const over = { state: "SCHEDULED", hours: [-3, -2] } as const;
const toCome = { state: "SCHEDULED", hours: [3, 4] } as const;

/** By what there is to say of Ann's seat; Bob stays. */
const DIARY: Record<string, Omit<Entry, "application">> = {
  "owes, and it is over": { ...over, panel: { ann: "owes", bob: { card: "SUBMITTED" } } },
  "owes, and it has begun": { ...over, hours: [-0.5, 0.5], panel: { ann: "owes" } },
  "owes, with a draft": { ...over, hours: [-9, -8], panel: { ann: { card: "DRAFT" } } },
  "owes again, having taken hers back": { ...over, hours: [-12, -11], panel: { ann: { card: "WITHDRAWN" } } },
  "is in": { ...over, hours: [-6, -5], panel: { ann: { card: "SUBMITTED" }, bob: "owes" } },
  "is waived": { ...over, hours: [-15, -14], panel: { ann: "waived", bob: "owes" } },
  "is a shadow's, and it is over": { ...over, hours: [-18, -17], panel: { ann: "shadows", bob: "owes" } },
  "is a shadow's, to come": { ...toCome, hours: [2, 3], panel: { ann: "shadows", bob: "owes" } },
  "owes, to come": { ...toCome, panel: { ann: "owes", bob: "owes" } },
  "owes, on hold": { ...toCome, state: "ON_HOLD", hours: [5, 6], panel: { ann: "owes" } },
  "owes, without a time": { state: "NEEDS_SCHEDULING", panel: { ann: "owes" } },
  "owes, cancelled": { ...toCome, state: "CANCELLED", hours: [7, 8], panel: { ann: "owes" } },
  "owes, no show": { ...over, state: "NO_SHOW", hours: [-21, -20], panel: { ann: "owes" } },
  "is Bob's alone": { ...over, hours: [-24, -23], panel: { bob: "owes" } },
};

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database, { skills: { sql: 1 }, criteria: [{ key: "query", skill: "sql", weight: 1 }] });
  const application = await firm.applicant();
  const entries = Object.values(DIARY).map((entry) => ({ ...entry, application }));
  const ids = await writeDiary(api.database, firm, entries);
  for (const [index, name] of Object.keys(DIARY).entries()) sessions[name] = ids[index]!;
  const complete = await interview(firm, { panel: ["ann", { who: "bob", seat: "LEAD" }] });
  for (const who of ["ann", "bob"] as const) await submit(firm, who, complete, { query: 3 });
});

afterAll(() => api.close());

const SEATS =
  "{ viewer { toDo { seatsToReassign { id seat member { id name active } session { id state startsAt } } } } }";

interface Seat {
  id: string;
  seat: string;
  member: { id: string; name: string; active: boolean };
  session: { id: string; state: string };
}

const seatsFor = async (who: Person, where = firm): Promise<Seat[]> =>
  (await api.ask(where.people[who], SEATS)).viewer.toDo.seatsToReassign;
const namesFor = async (who: Person) =>
  (await seatsFor(who)).map(({ session }) => Object.keys(sessions).find((name) => sessions[name] === session.id));
const move = async (mutation: string, who: Person, where = firm) => {
  const { errors } = await mutatingMembers(api)(where.people.admin, mutation, await versioned(where, who));
  expect(errors).toEqual([]);
};

const TO_REASSIGN = [
  "owes again, having taken hers back",
  "owes, with a draft",
  "owes, and it is over",
  "owes, and it has begun",
  "is a shadow's, to come",
  "owes, to come",
  "owes, on hold",
  "owes, without a time",
];

test("while everybody is active there is nothing to reassign", async () => {
  expect(await seatsFor("recruiter")).toEqual([]);
});

describe("once Ann is deactivated", () => {
  beforeAll(() => move("deactivateMember", "ann"));

  test.each<Person>(["admin", "recruiter", "hiringManager"])(
    "%s is told of her seats that somebody else is wanted for, the earliest session first",
    async (who) => {
      expect(await namesFor(who)).toEqual(TO_REASSIGN);
      expect(new Set((await seatsFor(who)).map(({ member }) => `${member.name} ${member.active}`))).toEqual(
        new Set(["ann false"]),
      );
    },
  );

  test.each<Person>(["bob", "auditor"])("%s, who does not run the hiring, is told of none", async (who) => {
    expect(await seatsFor(who)).toEqual([]);
  });

  test("a key is told of none, whatever it may read", async () => {
    const scopes = ["candidates:read", "interviews:write", "scorecards:read"] as const;
    const viewer: KeyViewer = {
      kind: "KEY",
      organizationId: firm.organizationId,
      id: firm.people.recruiter.id,
      scopes,
    };
    const contextValue = contextOf(api.database, { viewer, now: new Date(), requestId: "test" });
    const { data, errors } = await execute({ schema, document: parse(SEATS), contextValue });
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data)).viewer.toDo.seatsToReassign).toEqual([]);
  });

  test("no other organisation hears of it", async () => {
    expect(await seatsFor("admin", await company(api.database))).toEqual([]);
  });

  test("a seat that is given away, taken away or waived is off the list", async () => {
    const mutate = mutations(api, () => firm);
    const seatIn = async (name: string) => {
      const seats = await seatsFor("recruiter");
      return seats.find(({ session }) => session.id === sessions[name])!.id;
    };
    const deeds: [string, string, object][] = [
      ["replacePanelist", "owes, and it is over", { memberId: firm.people.cyd.id, reason: "Ann has left" }],
      ["removePanelist", "is a shadow's, to come", { reason: "Ann has left" }],
      ["waiveScorecard", "owes, and it has begun", { reason: "Ann has left" }],
    ];
    for (const [mutation, name, input] of deeds) {
      expect((await mutate("recruiter", mutation, { panelistId: await seatIn(name), ...input })).errors).toEqual([]);
    }
    const done = deeds.map(([, name]) => name);
    expect(await namesFor("recruiter")).toEqual(TO_REASSIGN.filter((name) => !done.includes(name)));
  });

  test("nothing is left to reassign when she is back", async () => {
    await move("reactivateMember", "ann");
    expect(await seatsFor("recruiter")).toEqual([]);
  });
});

describe("many seats", () => {
  test("are told of up to fifty, in as many statements as one, and the list itself in one", async () => {
    const busy = await company(api.database);
    const application = await busy.applicant();
    const entry: Entry = { application, state: "AWAITING_FEEDBACK", hours: [-3, -2], panel: { cyd: "owes" } };
    await writeDiary(api.database, busy, [entry]);
    await move("deactivateMember", "cyd", busy);
    const heard = async (expected: number) => {
      const statements: string[] = [];
      api.database.heard = (text) => statements.push(text);
      expect(await seatsFor("recruiter", busy)).toHaveLength(expected);
      api.database.heard = undefined;
      return statements;
    };
    const one = await heard(1);
    await writeDiary(api.database, busy, Array(50).fill(entry));
    expect(await heard(50)).toEqual(one);
    expect(one.filter((text) => /from panelists t/.test(text))).toHaveLength(1);
  });
});
