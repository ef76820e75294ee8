import type { Member } from "../../src/identity/member.entity";
import { CalendarAddress } from "../../src/interviews/calendar-address.entity";
import { moveInterviewSession, planInterviewSession } from "../../src/interviews/interview-session.actions";
import { type InterviewSession, Panelist } from "../../src/interviews/interview-session.entity";
import { replacePanelist } from "../../src/interviews/panelist.actions";
import { ScheduleChange } from "../../src/interviews/schedule.entity";
import { allRows } from "../../src/platform/db/reader";
import { newId } from "../../src/platform/ids";
import { JournalEntry } from "../../src/platform/journal/journal.entity";
import { type Company, company, type Person } from "../cast/company";
import { interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { oddLines, parsedCalendar } from "../support/calendar";

let api: Api;

jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.close());

const DAY = 86_400_000;

const CREATE = `mutation ($input: CreateCalendarAddressInput!) { createCalendarAddress(input: $input) {
  newCalendarAddress { path calendarAddress { id label revokedAt member { id } } } userErrors { code field }
} }`;
const REVOKE = `mutation ($input: RevokeCalendarAddressInput!) { revokeCalendarAddress(input: $input) {
  calendarAddress { id revokedAt } userErrors { code field }
} }`;
const MINE = "{ viewer { member { calendarAddresses { nodes { id label revokedAt } totalCount } } } }";

interface Made {
  path: string;
  calendarAddress: { id: string; label: string; revokedAt: string | null; member: { id: string } };
}

async function addressOf(firm: Company, person: Person, label = "Phone"): Promise<Made> {
  const { createCalendarAddress } = await api.ask(firm.people[person], CREATE, { input: { label } });
  return createCalendarAddress.newCalendarAddress;
}

const revoke = (firm: Company, person: Person, id: string) => api.send(firm.people[person], REVOKE, { input: { id } });

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${api.url}${path}`, { headers });

/** What a calendar program reads under the address, without signing in. */
async function read({ path }: Made) {
  const response = await get(path);
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(oddLines(text)).toEqual([]);
  return { ...parsedCalendar(text), text };
}

/** The same for every link that opens nothing. */
async function nothing(path: string) {
  const response = await get(path);
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !/date|request-id/.test(name)));
  return { status: response.status, headers, body: await response.text() };
}

const uidsOf = async (made: Made) => (await read(made)).events.map(({ uid }) => uid);
const uidOf = ({ id }: { id: string }) => `${id}@assay`;

const write = <E extends Member | InterviewSession>(firm: Company, row: E, next: Partial<E>): Promise<E> =>
  firm.as("admin").db.transaction((tx) => tx.change(row, next));

describe("an address", () => {
  test("is made by a member for themselves, and its secret is told once", async () => {
    const firm = await company(api.database);
    const { path, calendarAddress } = await addressOf(firm, "ann", "Phone");
    expect(path).toMatch(/^\/calendar\/[\w-]{86}\.ics$/);
    expect(calendarAddress).toMatchObject({ label: "Phone", revokedAt: null, member: { id: firm.people.ann.id } });

    const { db } = firm.as("ann");
    const [row] = await allRows(db, CalendarAddress, (bind) => `t.id = ${bind(calendarAddress.id)}`);
    expect(path).not.toContain(row!.secretHash);
    const told = await allRows(db, JournalEntry, (bind) => `t.object_id = ${bind(calendarAddress.id)}`);
    expect(told.map(({ type, changes }) => ({ type, changes }))).toEqual([
      { type: "calendar_address.created", changes: [] },
    ]);
    const { viewer } = await api.ask(firm.people.ann, MINE);
    expect(viewer.member.calendarAddresses).toEqual({
      totalCount: 1,
      nodes: [{ id: calendarAddress.id, label: "Phone", revokedAt: null }],
    });
  });

  test("is seen and revoked by nobody else", async () => {
    const firm = await company(api.database);
    const { calendarAddress, path } = await addressOf(firm, "ann");
    const node = "query ($id: ID!) { node(id: $id) { id } }";
    const theirs = "{ members(first: 100) { nodes { calendarAddresses { totalCount } } } }";
    for (const person of ["admin", "bob"] as const) {
      const seen = await api.send(firm.people[person], node, { id: calendarAddress.id });
      expect(seen.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
      expect((await revoke(firm, person, calendarAddress.id)).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
      const { members } = await api.ask(firm.people[person], theirs);
      expect(new Set(members.nodes.map((each: Anything) => each.calendarAddresses.totalCount))).toEqual(new Set([0]));
    }
    expect((await get(path)).status).toBe(200);
  });

  test("ten of a member work at once, however many are wished for at the same moment", async () => {
    const firm = await company(api.database);
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => api.send(firm.people.ann, CREATE, { input: { label: "Laptop" } })),
    );
    const made = answers.map(({ data }) => data.createCalendarAddress);
    const refused = made.flatMap(({ userErrors }) => userErrors.map(({ code }: Anything) => code));
    expect(refused).toEqual(Array(4).fill("TOO_MANY_ADDRESSES"));
    await addressOf(firm, "bob");
    const { newCalendarAddress } = made.find(({ newCalendarAddress: each }) => each !== null);
    await revoke(firm, "ann", newCalendarAddress.calendarAddress.id);
    await addressOf(firm, "ann", "The eleventh");
  });

  test.each([
    ["", "BAD_INPUT"],
    ["two\nlines", "BAD_INPUT"],
    ["x".repeat(101), "BAD_INPUT"],
  ])("is not called %j", async (label, code) => {
    const firm = await company(api.database);
    const { data } = await api.send(firm.people.ann, CREATE, { input: { label } });
    expect(data.createCalendarAddress).toEqual({ newCalendarAddress: null, userErrors: [{ code, field: ["label"] }] });
  });
});

describe("the calendar under an address", () => {
  test("tells the sessions of the member's panels, those called off as such", async () => {
    const firm = await company(api.database);
    const [on, off, held, theirs] = [
      await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" }),
      await interview(firm, { panel: ["ann"], state: "CANCELLED" }),
      await interview(firm, { panel: ["ann"], state: "NEEDS_SCHEDULING" }),
      await interview(firm, { panel: ["bob"], state: "SCHEDULED" }),
    ];
    const { method, name, refresh, events, text } = await read(await addressOf(firm, "ann"));
    expect({ method, name, refresh }).toEqual({ method: "PUBLISH", name: "Interviews of ann", refresh: "PT1H" });
    expect(events.map(({ uid, status }) => ({ uid, status }))).toEqual([
      { uid: uidOf(on), status: "CONFIRMED" },
      { uid: uidOf(off), status: "CANCELLED" },
      { uid: uidOf(held), status: "CANCELLED" },
    ]);
    expect(events[0]).toMatchObject({
      summary: "Interview: Chris Candidate, Back-end developer",
      organizer: { name: "recruiter" },
      guests: [],
    });
    expect(events[0]!.description).toContain("Panel: ann, bob");
    expect(text).not.toContain(theirs.id);
  });

  test("is a file that is asked for again only where it has changed", async () => {
    const firm = await company(api.database);
    const session = await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const { path } = await addressOf(firm, "ann");
    const first = await get(path);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="interviews.ics"',
      "cache-control": "private, no-cache",
      "referrer-policy": "no-referrer",
    });
    const tag = first.headers.get("etag")!;
    for (const known of [tag, `W/${tag}`, `"another", ${tag}`]) {
      const again = await get(path, { "if-none-match": known });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
    await moveInterviewSession(firm.as("recruiter"), { ...session, to: "CANCELLED" });
    expect((await get(path, { "if-none-match": tag })).status).toBe(200);
  });

  test("reaches ninety days back, by the time that a session has or last had", async () => {
    const firm = await company(api.database);
    const hour = (daysAgo: number) => {
      const endsAt = new Date(Date.now() - daysAgo * DAY);
      return { startsAt: new Date(endsAt.getTime() - 3_600_000), endsAt };
    };
    const ended = async (daysAgo: number) =>
      write(firm, await interview(firm, { panel: ["ann"], state: "SCHEDULED" }), hour(daysAgo));
    const lost = async (daysAgo: number) => {
      const session = await planInterviewSession(firm.as("recruiter"), {
        applicationId: (await firm.applicant()).id,
        kitId: firm.kit.id,
        panel: [{ memberId: firm.people.ann.id, seat: "LEAD", feedbackRequired: true }],
      });
      const change = { sessionId: session.id, changedById: null, reason: null, timeZone: "UTC", place: null };
      await firm.as("admin").db.transaction((tx) => tx.insert(ScheduleChange, { ...change, ...hour(daysAgo) }));
      return session;
    };
    const told = [await ended(89), await ended(1), await lost(89)];
    await ended(91);
    await lost(91);
    expect(await uidsOf(await addressOf(firm, "ann"))).toEqual(told.map(uidOf));
  });

  test("loses the session whose seat is given to somebody else, who gains it", async () => {
    const firm = await company(api.database);
    const session = await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" });
    const [ann, cyd] = [await addressOf(firm, "ann"), await addressOf(firm, "cyd")];
    expect([await uidsOf(ann), await uidsOf(cyd)]).toEqual([[uidOf(session)], []]);
    const [seat] = await allRows(
      firm.as("admin").db,
      Panelist,
      (bind) => `t.session_id = ${bind(session.id)} and t.member_id = ${bind(firm.people.ann.id)}`,
    );
    await replacePanelist(firm.as("recruiter"), { panelistId: seat!.id, memberId: firm.people.cyd.id });
    expect([await uidsOf(ann), await uidsOf(cyd)]).toEqual([[], [uidOf(session)]]);
  });

  test("costs as many statements for ten sessions as for one", async () => {
    const firm = await company(api.database);
    const made = await addressOf(firm, "ann");
    const statements = async (expected: number) => {
      let heard = 0;
      api.database.heard = () => heard++;
      const { events } = await read(made);
      api.database.heard = undefined;
      expect(events).toHaveLength(expected);
      return heard;
    };
    await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const one = await statements(1);
    for (let index = 0; index < 9; index++) await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" });
    expect(await statements(10)).toBe(one);
  });
});

describe("an address opens nothing", () => {
  const UNKNOWN = `/calendar/${"A".repeat(86)}.ics`;

  test("once it is revoked, for good; and nobody can tell it from one that never was", async () => {
    const firm = await company(api.database);
    const { path, calendarAddress } = await addressOf(firm, "ann");
    const other = await addressOf(firm, "ann", "Laptop");
    const { data } = await revoke(firm, "ann", calendarAddress.id);
    const { revokedAt } = data.revokeCalendarAddress.calendarAddress;
    expect(revokedAt).toEqual(expect.any(String));
    const closed = await nothing(path);
    expect(closed.status).toBe(404);
    expect(closed).toEqual(await nothing(UNKNOWN));
    expect((await get(other.path)).status).toBe(200);

    const again = await revoke(firm, "ann", calendarAddress.id);
    expect(again.data.revokeCalendarAddress).toEqual({
      calendarAddress: { id: calendarAddress.id, revokedAt },
      userErrors: [],
    });
    const told = await allRows(
      firm.as("ann").db,
      JournalEntry,
      (bind) => `t.object_id = ${bind(calendarAddress.id)}`,
      "order by t.id",
    );
    expect(told.map(({ type }) => type)).toEqual(["calendar_address.created", "calendar_address.revoked"]);
  });

  test("while its member is deactivated", async () => {
    const firm = await company(api.database);
    const { path } = await addressOf(firm, "ann");
    const gone = await write(firm, firm.people.ann, { active: false });
    expect(await nothing(path)).toEqual(await nothing(UNKNOWN));
    await write(firm, gone, { active: true });
    expect((await get(path)).status).toBe(200);
  });

  test("with another organisation's name, another row's, or another secret in it", async () => {
    const [firm, rival] = [await company(api.database), await company(api.database)];
    await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
    const [mine, theirs] = [await addressOf(firm, "ann"), await addressOf(rival, "ann")];
    expect(await uidsOf(theirs)).toEqual([]);
    const bytes = ({ path }: Made) => Buffer.from(path.slice("/calendar/".length, -".ics".length), "base64url");
    const pathOf = (...parts: Buffer[]) => `/calendar/${Buffer.concat(parts).toString("base64url")}.ics`;
    const [organization, row, secret] = [
      bytes(mine).subarray(0, 16),
      bytes(mine).subarray(16, 32),
      bytes(mine).subarray(32),
    ];
    expect(pathOf(organization, row, secret)).toBe(mine.path);
    const forged = [
      pathOf(bytes(theirs).subarray(0, 16), row, secret),
      pathOf(organization, bytes(theirs).subarray(16, 32), secret),
      pathOf(organization, row, bytes(theirs).subarray(32)),
      pathOf(organization, Buffer.from(newId("CalendarAddress").replaceAll("-", ""), "hex"), secret),
      mine.path.replace(/.\.ics$/, ".ics"),
      "/calendar/.ics",
    ];
    for (const path of forged) expect((await nothing(path)).status).toBe(404);
  });

  test("where somebody wants to write", async () => {
    const { path } = await addressOf(await company(api.database), "ann");
    expect((await fetch(`${api.url}${path}`, { method: "POST" })).status).toBe(404);
    const { status, headers } = await fetch(`${api.url}${path}`, { method: "HEAD" });
    expect([status, headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;
