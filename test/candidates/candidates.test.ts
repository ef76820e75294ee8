import { newId } from "../../src/platform/ids";
import { type Company, company, type Person } from "../cast/company";
import { interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(30_000);

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

interface Candidate {
  id: string;
  name: string;
  email: string | null;
  version: number;
}

interface Payload {
  candidate: Candidate;
  userErrors: { code: string; field: string[]; message: string }[];
}

const CREATE = `mutation ($input: CreateCandidateInput!) { createCandidate(input: $input) {
  candidate { id name email version } userErrors { code field message } } }`;
const UPDATE = `mutation ($input: UpdateCandidateInput!) { updateCandidate(input: $input) {
  candidate { id name email version } userErrors { code field message } } }`;
const APPLY = `mutation ($input: CreateApplicationInput!) { createApplication(input: $input) {
  application { id candidate { name } job { title } } userErrors { code field message } } }`;
const OPEN = `mutation ($input: CreateJobInput!) { createJob(input: $input) {
  job { id title profileVersion { id } } userErrors { code field message } } }`;

const create = async (input: object, who: Person = "recruiter"): Promise<Payload> =>
  (await api.send(ours.people[who], CREATE, { input })).data.createCandidate;
const update = async (input: object): Promise<Payload> =>
  (await api.send(ours.people.recruiter, UPDATE, { input })).data.updateCandidate;
const made = async (input: object) => (await create(input)).candidate;

const journalOf = (objectId: string) =>
  withClient(superuserUrl, async (client) => {
    const text = "select type, changes from journal_entries where object_id = $1 order by sequence";
    return (await client.query<{ type: string; changes: string[] }>(text, [objectId])).rows;
  });

let people = 0;
const address = () => `person${++people}@example.org`;

test("a candidate is made with a name and an address in lower case", async () => {
  const { candidate, userErrors } = await create({ name: "Ada Lovelace", email: "ADA@Example.org" });
  expect(userErrors).toEqual([]);
  expect(candidate).toEqual({ id: expect.any(String), name: "Ada Lovelace", email: "ada@example.org", version: 1 });
});

test("candidates without an address are as many as there are", async () => {
  const [one, two] = [await made({ name: "No Address" }), await made({ name: "No Address", email: null })];
  expect([one.email, two.email, one.id === two.id]).toEqual([null, null, false]);
});

test("an address that is there is refused by its field, whatever its case, and free in another organisation", async () => {
  const email = address();
  await made({ name: "First", email });
  const fault = {
    code: "ALREADY_EXISTS",
    field: ["email"],
    message: "A candidate with this e-mail is already there.",
  };
  expect(await create({ name: "Second", email: email.toUpperCase() })).toEqual({
    candidate: null,
    userErrors: [fault],
  });
  const third = await made({ name: "Third", email: address() });
  expect(await update({ id: third.id, version: 1, email })).toEqual({ candidate: null, userErrors: [fault] });
  const elsewhere = await company(api.database);
  await api.ask(elsewhere.people.recruiter, CREATE, { input: { name: "Same", email } });
});

test("of several at once with one address, one is made", async () => {
  const email = address();
  const outcomes = await Promise.all([1, 2, 3, 4, 5].map((number) => create({ name: `N${number}`, email })));
  const codes = outcomes.map(({ userErrors }) => userErrors[0]?.code ?? "made");
  expect(codes.sort()).toEqual(["ALREADY_EXISTS", "ALREADY_EXISTS", "ALREADY_EXISTS", "ALREADY_EXISTS", "made"]);
});

describe("an update", () => {
  const email = "kept@example.org";
  const changes: [string, object, Partial<Candidate>, string[]][] = [
    ["of the name leaves the address", { name: "New" }, { name: "New", email }, ["name"]],
    ["of the address leaves the name", { email: "NEW@x.org" }, { name: "Old", email: "new@x.org" }, ["email"]],
    ["to null clears the address", { email: null }, { name: "Old", email: null }, ["email"]],
    ["of both changes both", { name: "New", email: "b@x.org" }, { name: "New", email: "b@x.org" }, ["name", "email"]],
    ["with null for a name leaves it", { name: null, email: null }, { name: "Old", email: null }, ["email"]],
    ["that leaves everything out changes only the version", {}, { name: "Old", email }, []],
  ];

  test.each(changes)("%s", async (_, change, wanted, changed) => {
    const { id, version } = await made({ name: "Old", email });
    const { candidate, userErrors } = await update({ id, version, ...change });
    expect(userErrors).toEqual([]);
    expect(candidate).toEqual({ id, version: version + 1, ...wanted });
    const { data } = await api.send(
      ours.people.recruiter,
      "query ($id: ID!) { node(id: $id) { ... on Candidate { name email version } } }",
      { id },
    );
    expect(data.node).toEqual({ version: version + 1, ...wanted });
    expect(await journalOf(id)).toEqual([
      { type: "candidate.created", changes: [] },
      { type: "candidate.updated", changes: changed },
    ]);
    await update({ id, version: version + 1, email: null });
  });

  test("with a version that is not the row's is STALE_VERSION and changes nothing", async () => {
    const { id } = await made({ name: "Old" });
    await update({ id, version: 1, name: "Second" });
    const refused = await update({ id, version: 1, name: "Third" });
    expect(refused).toEqual({
      candidate: null,
      userErrors: [
        {
          code: "STALE_VERSION",
          field: ["version"],
          message: "You read version 1; the Candidate is at version 2 now.",
        },
      ],
    });
    const { data } = await api.send(
      ours.people.recruiter,
      "query ($id: ID!) { node(id: $id) { ... on Candidate { name version } } }",
      { id },
    );
    expect(data.node).toEqual({ name: "Second", version: 2 });
    expect(await journalOf(id)).toHaveLength(2);
  });

  test("of two at once one succeeds, and the other reads that it came too late", async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await made({ name: "Old" });
      const outcomes = await Promise.all(["A", "B"].map((name) => update({ id, version: 1, name })));
      const codes = outcomes.map(({ candidate, userErrors }) => userErrors[0]?.code ?? `version ${candidate.version}`);
      expect(codes.sort()).toEqual(["STALE_VERSION", "version 2"]);
      expect(await journalOf(id)).toHaveLength(2);
    }
  });
});

describe("an application", () => {
  test("joins a candidate and a job, once", async () => {
    const { id: candidateId } = await made({ name: "Applies" });
    const input = { candidateId, jobId: ours.job.id };
    const { createApplication } = await api.ask(ours.people.hiringManager, APPLY, { input });
    expect(createApplication.application).toMatchObject({
      candidate: { name: "Applies" },
      job: { title: ours.job.title },
    });
    const again = await api.send(ours.people.hiringManager, APPLY, { input });
    expect(again.data.createApplication).toEqual({
      application: null,
      userErrors: [
        {
          code: "ALREADY_EXISTS",
          field: ["candidateId"],
          message: "The candidate has applied for this job already.",
        },
      ],
    });
  });

  test("of several at once, one is made", async () => {
    const input = { candidateId: (await made({ name: "Eager" })).id, jobId: ours.job.id };
    const answers = await Promise.all([1, 2, 3, 4].map(() => api.send(ours.people.admin, APPLY, { input })));
    const codes = answers.map(({ data }) => data.createApplication.userErrors[0]?.code ?? "made");
    expect(codes.sort()).toEqual(["ALREADY_EXISTS", "ALREADY_EXISTS", "ALREADY_EXISTS", "made"]);
  });
});

/** Who may keep candidates, jobs and applications. */
const keepers: [Person, boolean][] = [
  ["admin", true],
  ["recruiter", true],
  ["hiringManager", true],
  ["ann", false],
  ["auditor", false],
];

describe.each(keepers)("%s", (who, may) => {
  const deeds: [string, string, () => Promise<object>][] = [
    ["createCandidate", CREATE, async () => ({ name: `By ${who}` })],
    ["updateCandidate", UPDATE, async () => ({ id: (await made({ name: "Old" })).id, version: 1, name: "New" })],
    ["createJob", OPEN, async () => ({ title: `By ${who}`, profileVersionId: ours.profileVersionId })],
    ["createApplication", APPLY, async () => ({ candidateId: (await made({ name: "A" })).id, jobId: ours.job.id })],
  ];

  test.each(deeds)(`${may ? "may" : "may not"} %s`, async (mutation, query, input) => {
    const variables = { input: await input() };
    const total = async () =>
      await api.ask(ours.people.admin, "{ candidates { totalCount } applications { totalCount } jobs { totalCount } }");
    const before = await total();
    const answer = await api.send(ours.people[who], query, variables);
    if (may) {
      expect(answer.errors).toBeUndefined();
      expect(answer.data[mutation].userErrors).toEqual([]);
    } else {
      expect(answer).toMatchObject({ data: null, errors: [{ path: [mutation], extensions: { code: "FORBIDDEN" } }] });
      expect(await total()).toEqual(before);
    }
  });

  if (!may) {
    test("is refused before it is known whether the candidate exists", async () => {
      const answers = [];
      for (const id of [(await made({ name: "There" })).id, newId("Candidate")]) {
        const { data, errors } = await api.send(ours.people[who], UPDATE, { input: { id, version: 1, name: "New" } });
        answers.push({ data, errors });
      }
      expect(answers[0]).toEqual(answers[1]);
    });
  }
});

describe("sight", () => {
  let own: Company;
  let seen: { candidate: string; application: string };
  let hidden: { candidate: string; application: string };

  beforeAll(async () => {
    own = await company(api.database);
    const [met, other] = [await own.applicant("Met"), await own.applicant("Other")];
    await interview(own, { applicationId: met.id, panel: ["ann"] });
    seen = { candidate: met.candidateId, application: met.id };
    hidden = { candidate: other.candidateId, application: other.id };
  });

  const LISTS = `{ candidates { totalCount nodes { name } } applications { totalCount nodes { candidate { name } job { title } } }
    jobs { nodes { title applications { totalCount nodes { candidate { name } } } } } }`;

  const sights: [Person, string[], (string | null)[]][] = [
    ["admin", ["Other", "Met"], ["Other", "Met"]],
    ["recruiter", ["Other", "Met"], ["Other", "Met"]],
    ["hiringManager", ["Other", "Met"], ["Other", "Met"]],
    ["ann", ["Met"], ["Met"]],
    ["bob", [], []],
    ["auditor", [], [null, null]],
  ];

  test.each(sights)(
    "%s sees candidates %j and applications of %j, in every list and count",
    async (who, names, applied) => {
      const data = await api.ask(own.people[who], LISTS);
      const applications = {
        totalCount: applied.length,
        nodes: applied.map((name) => ({ candidate: name === null ? null : { name } })),
      };
      expect(data).toMatchObject({
        candidates: { totalCount: names.length, nodes: names.map((name) => ({ name })) },
        applications,
        jobs: { nodes: [{ title: "Back-end developer", applications }] },
      });
      expect(JSON.stringify(data).includes("Other")).toBe(names.includes("Other"));
    },
  );

  const byId: [Person, boolean, boolean, boolean, boolean][] = [
    ["recruiter", true, true, true, true],
    ["ann", true, true, false, false],
    ["bob", false, false, false, false],
    ["auditor", false, true, false, true],
  ];

  test.each(byId)(
    "%s, by id: whom is met %s, that application %s, the other %s, that application %s",
    async (who, ...wanted) => {
      const ids = [seen.candidate, seen.application, hidden.candidate, hidden.application];
      const { data } = await api.send(own.people[who], "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
      expect(data.nodes.map((node: object | null) => node !== null)).toEqual(wanted);
      for (const [index, id] of ids.entries()) {
        const one = await api.send(own.people[who], "query ($id: ID!) { node(id: $id) { id } }", { id });
        expect(one.errors?.[0]?.extensions.code).toBe(wanted[index] ? undefined : "NOT_FOUND");
      }
    },
  );

  test("an auditor reaches no candidate by any road", async () => {
    const query = `{ interviewSessions { nodes { application { candidate { name email } } } }
      applications { nodes { candidate { name } interviewSessions { nodes { application { candidate { name } } } } } }
      jobs { nodes { applications { nodes { candidate { name } } } } } }`;
    const text = JSON.stringify(await api.ask(own.people.auditor, query));
    expect(text).not.toMatch(/Met|Other/);
    expect(text).toContain('"candidate":null');
  });
});
