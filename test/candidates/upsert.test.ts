import { createApplication } from "../../src/candidates/application.actions";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { newId } from "../../src/platform/ids";
import { startDispatcher } from "../../src/platform/journal/dispatcher";
import { createRoleProfile } from "../../src/skills/role-profile.actions";
import { slices } from "../../src/slices";
import { type Company, company } from "../cast/company";
import { decide } from "../cast/debrief";
import { interview, submit } from "../cast/interview";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { outcomes, upsert as sent, type Upserted } from "./upserts";

jest.setTimeout(60_000);

let api: Api;
let ours: Company;
let key: string;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
  key = (await keyWith(ours, ["candidates:write"])).secret;
});

afterAll(() => api.close());

const upsert = (noun: Upserted, items: readonly object[], system?: string) => sent(api, key, noun, items, system);
const one = async (noun: Upserted, item: object, system?: string) => (await upsert(noun, [item], system)).results![0]!;

let made = 0;
const unique = () => `x${++made}`;
const address = () => `${unique()}@example.org`;

const rows = <R>(text: string, ...values: unknown[]): Promise<R[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

const eventsOf = async (objectId: string): Promise<string[]> =>
  (
    await rows<{ type: string; changes: string[] }>(
      "select type, changes from journal_entries where object_id = $1 order by sequence",
      objectId,
    )
  ).map(({ type, changes }) => [type, ...changes].join(" "));

/** Number and content of all that upserts write. */
const everything = async () =>
  rows(
    ["candidates", "jobs", "applications", "external_references", "journal_entries"]
      .map(
        (table) => `select '${table}', count(*)::int, sum(hashtextextended(t::text, 0))::text as content from ${table} t
          where organization_id = $1`,
      )
      .join(" union all "),
    ours.organizationId,
  );

describe("a candidate", () => {
  test("that the system sends first is CREATED, with what it calls them", async () => {
    const externalId = unique();
    const result = await one("Candidate", { externalId, name: "Ada", email: "ADA@Example.org" });
    expect(result).toMatchObject({ externalId, outcome: "CREATED", userErrors: [] });
    expect(result.candidate).toMatchObject({ name: "Ada", email: "ada@example.org", version: 1 });
    const { node } = await api.ask(
      key,
      "query ($id: ID!) { node(id: $id) { ... on Candidate { externalReferences { system externalId } } } }",
      { id: result.candidate!.id },
    );
    expect(node.externalReferences).toEqual([{ system: "ats", externalId }]);
    expect(await eventsOf(result.candidate!.id)).toEqual(["candidate.created"]);
  });

  const changes: [string, object, object, string[]][] = [
    ["a name changes the name", { name: "New" }, { name: "New", email: "old@x.org" }, ["name"]],
    ["an address changes both", { name: "Old", email: "New@x.org" }, { name: "Old", email: "new@x.org" }, ["email"]],
    ["null removes the address", { name: "Old", email: null }, { name: "Old", email: null }, ["email"]],
  ];

  test.each(changes)("that is there is UPDATED: %s", async (_, change, wanted, changed) => {
    const externalId = unique();
    const first = await one("Candidate", { externalId, name: "Old", email: "old@x.org" });
    const then = await one("Candidate", { externalId, ...change });
    expect(then).toMatchObject({ outcome: "UPDATED", candidate: { ...wanted, id: first.candidate!.id, version: 2 } });
    expect(await eventsOf(first.candidate!.id)).toEqual([
      "candidate.created",
      `candidate.updated ${changed.join(" ")}`,
    ]);
    await one("Candidate", { externalId, name: "Gone", email: null });
  });

  test.each<[string, object]>([
    ["the same", { name: "Same", email: "Same@x.org" }],
    ["the address left out", { name: "Same" }],
  ])("that is sent again, %s, is UNCHANGED: nothing is written, nothing announced", async (_, again) => {
    const externalId = unique();
    await one("Candidate", { externalId, name: "Same", email: "same@x.org" });
    const before = await everything();
    const { outcome, candidate } = await one("Candidate", { externalId, ...again });
    expect([outcome, candidate!.version]).toEqual(["UNCHANGED", 1]);
    expect(await everything()).toEqual(before);
    await one("Candidate", { externalId, name: "Same", email: null });
  });

  test("whom the system does not know, but whose e-mail is there, is LINKED and gets the name that was sent", async () => {
    const email = address();
    const there = await createCandidate(ours.as("recruiter"), { name: "By hand", email });
    const externalId = unique();
    const result = await one("Candidate", { externalId, name: "By the system", email: email.toUpperCase() });
    expect(result).toMatchObject({ outcome: "LINKED", candidate: { id: there.id, name: "By the system", version: 2 } });
    expect(await eventsOf(there.id)).toEqual(["candidate.created", "candidate.updated name externalReferences"]);
    expect((await one("Candidate", { externalId, name: "By the system" })).outcome).toBe("UNCHANGED");
    expect((await one("Candidate", { externalId, name: "By the system", email }, "other")).outcome).toBe("LINKED");
  });

  test("whose e-mail the system has under another id FAILED, and both stay as they are", async () => {
    const email = address();
    await one("Candidate", { externalId: unique(), name: "First", email });
    const before = await everything();
    const result = await one("Candidate", { externalId: unique(), name: "Second", email });
    expect(result).toMatchObject({
      outcome: "FAILED",
      candidate: null,
      userErrors: [{ code: "ALREADY_EXISTS", field: ["items", "0", "email"] }],
    });
    expect(await everything()).toEqual(before);
  });

  test("whose new e-mail is another's FAILED", async () => {
    const [externalId, email] = [unique(), address()];
    await createCandidate(ours.as("recruiter"), { name: "Other", email });
    await one("Candidate", { externalId, name: "One", email: address() });
    const { outcome, userErrors } = await one("Candidate", { externalId, name: "One", email });
    expect([outcome, userErrors[0]!.code]).toEqual(["FAILED", "ALREADY_EXISTS"]);
  });

  test("whose data was erased is not touched", async () => {
    const externalId = unique();
    const { candidate } = await one("Candidate", { externalId, name: "Erased" });
    await rows("update candidates set erased_at = now() where id = $1", candidate!.id);
    const before = await everything();
    expect(outcomes(await upsert("Candidate", [{ externalId, name: "Back" }]))).toEqual(["FAILED ERASED"]);
    const job = { externalId: unique(), title: "J", profileVersionId: ours.profileVersionId };
    expect(await everything()).toEqual(before);
    await one("Job", job);
    const application = { externalId: unique(), candidateExternalId: externalId, jobExternalId: job.externalId };
    expect(outcomes(await upsert("Application", [application]))).toEqual(["FAILED ERASED"]);
  });

  test("is known by other names in other systems", async () => {
    const externalId = unique();
    const [here, there] = [
      await one("Candidate", { externalId, name: "Here" }),
      await one("Candidate", { externalId, name: "There" }, "elsewhere"),
    ];
    expect([here.outcome, there.outcome]).toEqual(["CREATED", "CREATED"]);
    expect(here.candidate!.id).not.toBe(there.candidate!.id);
  });
});

describe("a job", () => {
  const job = (item: object = {}) => ({ title: "Job", profileVersionId: ours.profileVersionId, ...item });

  test("is CREATED, UNCHANGED and UPDATED, and keeps its profile where none is sent", async () => {
    const externalId = unique();
    const first = await one("Job", { externalId, ...job() });
    expect(first).toMatchObject({ outcome: "CREATED", job: { profileVersion: { id: ours.profileVersionId } } });
    expect((await one("Job", { externalId, ...job() })).outcome).toBe("UNCHANGED");
    const then = await one("Job", { externalId, title: "Better job" });
    expect(then).toMatchObject({ outcome: "UPDATED", job: { ...first.job, title: "Better job" } });
    expect(await eventsOf(first.job!.id)).toEqual(["job.created", "job.updated title"]);
  });

  test.each<[string, () => object, string]>([
    ["without a profile", () => ({ profileVersionId: null }), "BAD_INPUT"],
    ["with a profile that never was", () => ({ profileVersionId: newId("RoleProfileVersion") }), "REFERENCE_UNKNOWN"],
    ["with the id of something else", () => ({ profileVersionId: ours.job.id }), "WRONG_ID_TYPE"],
    ["with a blank title", () => ({ title: " " }), "BAD_INPUT"],
  ])("%s FAILED when new", async (_, item, code) => {
    const before = await everything();
    const { outcome, userErrors } = await one("Job", { externalId: unique(), ...job(item()) });
    expect([outcome, userErrors[0]!.code, userErrors[0]!.field.slice(0, 2)]).toEqual(["FAILED", code, ["items", "0"]]);
    expect(await everything()).toEqual(before);
  });

  describe("with a profile of another version", () => {
    let own: Company;
    let secret: string;
    const externalId = "job";
    const move = async (item: object) => outcomes(await sent(api, secret, "Job", [{ externalId, ...item }]));
    const talked = async () => {
      const { id, applicationId } = await interview(own, { panel: [{ who: "ann", seat: "LEAD" }] });
      await submit(own, "ann", { id }, { "sql-query": 3 });
      return applicationId;
    };
    const standingOf = (applicationId: string) =>
      rows<{ score: number | null }>("select score from standings where application_id = $1", applicationId);
    let title = 0;
    let profileVersionId: string;

    beforeEach(async () => {
      own = await company(api.database);
      secret = (await keyWith(own, ["candidates:write"])).secret;
      await rows(
        `insert into external_references (organization_id, id, created_at, system, external_id, job_id)
         values ($1, $2, now(), 'ats', $3, $4)`,
        own.organizationId,
        newId("ExternalReference"),
        externalId,
        own.job.id,
      );
      const expectations = [{ skillId: own.skillIds.rest!, level: "JUNIOR" as const, weight: 1 }];
      const bands = [{ label: "All", min: 0 }];
      const rest = { level: "JUNIOR" as const, passMark: 1, leastCoveragePercent: 1, bands, expectations };
      const profile = await createRoleProfile(own.as("admin"), { name: `Other ${++title}`, ...rest });
      const versions = await rows<{ id: string }>(
        "select id from role_profile_versions where profile_id = $1",
        profile.id,
      );
      profileVersionId = versions[0]!.id;
    });

    test("stays with its own while something is decided by it", async () => {
      const applicationId = await talked();
      await decide(own, applicationId, { departureReason: "D" });
      expect(await move({ title: "Moved", profileVersionId })).toEqual(["FAILED DECIDED"]);
      expect(await move({ title: "Renamed" })).toEqual(["UPDATED"]);
      await rows("update applications set status = 'ACTIVE' where id = $1", applicationId);
      expect(await move({ title: "Moved", profileVersionId })).toEqual(["UPDATED"]);
    });

    test("has its standings computed anew", async () => {
      const failures: unknown[] = [];
      const dispatcher = startDispatcher({ database: api.database, slices, log: (_, error) => failures.push(error) });
      const applicationId = await talked();
      await dispatcher.drained();
      const [before] = await standingOf(applicationId);
      // What was rated says nothing of REST, which is all that counts now.
      expect(await move({ title: "Moved", profileVersionId })).toEqual(["UPDATED"]);
      await dispatcher.drained();
      await dispatcher.stop();
      expect(before).toEqual({ score: expect.any(Number) });
      expect(await standingOf(applicationId)).toEqual([{ score: null }]);
      expect(failures).toEqual([]);
    });
  });
});

describe("an application", () => {
  let candidate: { externalId: string; id: string };
  let job: { externalId: string; id: string };
  const named = (externalId = unique()) => ({
    externalId,
    candidateExternalId: candidate.externalId,
    jobExternalId: job.externalId,
  });

  beforeEach(async () => {
    const [candidateName, jobName] = [unique(), unique()];
    const first = await one("Candidate", { externalId: candidateName, name: "Applies" });
    const second = await one("Job", { externalId: jobName, title: "Job", profileVersionId: ours.profileVersionId });
    candidate = { externalId: candidateName, id: first.candidate!.id };
    job = { externalId: jobName, id: second.job!.id };
  });

  test("is CREATED for candidate and job by what the system calls them, and UNCHANGED when sent again", async () => {
    const item = named();
    const result = await one("Application", item);
    const application = { candidate: { id: candidate.id }, job: { id: job.id } };
    expect(result).toMatchObject({ outcome: "CREATED", application });
    expect(await eventsOf(result.application!.id)).toEqual(["application.created"]);
    const before = await everything();
    expect((await one("Application", item)).outcome).toBe("UNCHANGED");
    expect(await everything()).toEqual(before);
  });

  test("that was entered by hand is LINKED, and FAILED under a second id", async () => {
    const there = await createApplication(ours.as("recruiter"), { candidateId: candidate.id, jobId: job.id });
    expect(await one("Application", named())).toMatchObject({ outcome: "LINKED", application: { id: there.id } });
    expect(await eventsOf(there.id)).toEqual(["application.created", "application.updated externalReferences"]);
    expect(outcomes(await upsert("Application", [named()]))).toEqual(["FAILED ALREADY_EXISTS"]);
  });

  test("stays with its candidate and job", async () => {
    const item = named();
    await one("Application", item);
    const other = unique();
    await one("Candidate", { externalId: other, name: "Other" });
    const result = await one("Application", { ...item, candidateExternalId: other });
    expect(result).toMatchObject({
      outcome: "FAILED",
      userErrors: [{ code: "ALREADY_EXISTS", field: ["items", "0", "candidateExternalId"] }],
    });
  });

  test("of a candidate or job that the system never sent FAILED, and says which", async () => {
    const results = await upsert("Application", [
      { ...named(), candidateExternalId: "never" },
      { ...named(), jobExternalId: "never" },
      // The job's name is no candidate's.
      { ...named(), candidateExternalId: job.externalId },
    ]);
    expect(outcomes(results)).toEqual(Array(3).fill("FAILED REFERENCE_UNKNOWN"));
    const fields = results.results!.map(({ userErrors }) => userErrors[0]!.field.at(-1));
    expect(fields).toEqual(["candidateExternalId", "jobExternalId", "candidateExternalId"]);
  });
});

describe("a call", () => {
  test("with bad items writes the good ones, and names each bad one", async () => {
    const [taken, twice] = [address(), unique()];
    await one("Candidate", { externalId: unique(), name: "There", email: taken });
    const names = Array.from({ length: 5 }, unique);
    const answer = await upsert("Candidate", [
      { externalId: names[0], name: "Good" },
      { externalId: names[1], name: "No address", email: "nowhere" },
      { externalId: names[2], name: "Taken", email: taken },
      { externalId: twice, name: "Good too" },
      { externalId: "", name: "\u0000" },
      { externalId: twice, name: "Again" },
      { externalId: names[3], name: "Good as well", email: address() },
    ]);
    expect(answer.userErrors).toEqual([]);
    expect(outcomes(answer)).toEqual([
      "CREATED",
      "FAILED BAD_INPUT",
      "FAILED ALREADY_EXISTS",
      "CREATED",
      "FAILED BAD_INPUT BAD_INPUT",
      "FAILED BAD_INPUT",
      "CREATED",
    ]);
    expect(answer.results!.flatMap(({ userErrors }) => userErrors.map(({ field }) => field.join(".")))).toEqual([
      "items.1.email",
      "items.2.email",
      "items.4.externalId",
      "items.4.name",
      "items.5.externalId",
    ]);
    expect(answer.results![5]!.userErrors[0]!.message).toContain("Item 3 of this call");
  });

  test.each([
    ["none", 0],
    ["201", 201],
  ])("with %s of items is refused as a whole", async (_, count) => {
    const items = Array.from({ length: count }, () => ({ externalId: unique(), name: "N" }));
    const before = await everything();
    expect(await upsert("Candidate", items)).toMatchObject({
      results: null,
      userErrors: [{ code: "BAD_INPUT", field: ["items"] }],
    });
    expect(await everything()).toEqual(before);
  });

  test("with 200 items is written whole, and from a system without a name not at all", async () => {
    const items = Array.from({ length: 200 }, () => ({ externalId: unique(), name: "N", email: address() }));
    expect(new Set(outcomes(await upsert("Candidate", items)))).toEqual(new Set(["CREATED"]));
    expect((await upsert("Candidate", items, "Not a slug")).userErrors).toMatchObject([{ field: ["system"] }]);
  });

  test("in which two swap their addresses writes what can be written one after the other", async () => {
    const [first, second] = [unique(), unique()];
    const [a, b, c] = [address(), address(), address()];
    await upsert("Candidate", [
      { externalId: first, name: "F", email: a },
      { externalId: second, name: "S", email: b },
    ]);
    const swapped = [
      { externalId: first, name: "F", email: b },
      { externalId: second, name: "S", email: a },
    ];
    expect(outcomes(await upsert("Candidate", swapped))).toEqual(["FAILED ALREADY_EXISTS", "FAILED ALREADY_EXISTS"]);
    const passedOn = [
      { externalId: first, name: "F", email: c },
      { externalId: second, name: "S", email: a },
      { externalId: unique(), name: "T", email: b },
    ];
    expect(outcomes(await upsert("Candidate", passedOn))).toEqual(["UPDATED", "UPDATED", "CREATED"]);
  });

  test.each<[string, boolean]>([
    ["with addresses", true],
    ["without", false],
  ])("that comes twenty times at once, %s, is written once", async (_, addressed) => {
    const items = Array.from({ length: 50 }, () => ({
      externalId: unique(),
      name: "Same",
      ...(addressed ? { email: address() } : {}),
    }));
    // The same in another order, so that they meet.
    const turned = (by: number) => [...items.slice(by), ...items.slice(0, by)];
    const answers = await Promise.all(Array.from({ length: 20 }, (__, index) => upsert("Candidate", turned(index))));
    const all = answers.flatMap(({ results }) => results!);
    expect(all.filter(({ outcome }) => outcome === "CREATED")).toHaveLength(50);
    expect(all.filter(({ outcome }) => outcome === "UNCHANGED")).toHaveLength(19 * 50);
    expect(new Set(all.map(({ candidate }) => candidate!.id)).size).toBe(50);
    const names = items.map(({ externalId }) => externalId);
    const [counts] = await rows<object>(
      `select count(*)::int as named, count(distinct candidate_id)::int as candidates,
        (select count(*)::int from journal_entries j where j.object_id in (select candidate_id from external_references
          where external_id = any($1) and organization_id = $2)) as entries
       from external_references where external_id = any($1) and organization_id = $2`,
      names,
      ours.organizationId,
    );
    expect(counts).toEqual({ named: 50, candidates: 50, entries: 50 });
  });

  test("that changes the same at once as another loses nothing: the last one stands, each is announced", async () => {
    const items = Array.from({ length: 20 }, () => ({ externalId: unique(), name: "Old" }));
    const created = await upsert("Candidate", items);
    const answers = await Promise.all(
      ["A", "B", "C", "D", "E"].map((name) =>
        upsert(
          "Candidate",
          items.map((item) => ({ ...item, name })),
        ),
      ),
    );
    expect(new Set(answers.flatMap(outcomes))).toEqual(new Set(["UPDATED"]));
    for (const { candidate } of created.results!) {
      expect(await eventsOf(candidate!.id)).toEqual(["candidate.created", ...Array(5).fill("candidate.updated name")]);
    }
  });
});

describe("what the system calls an object", () => {
  test.each<[string, Upserted]>([
    ["candidates", "Candidate"],
    ["jobs", "Job"],
    ["applications", "Application"],
  ])("finds it among %s", async (list, noun) => {
    const [candidateExternalId, jobExternalId] = [unique(), unique()];
    const there = [
      await one("Candidate", { externalId: candidateExternalId, name: "N" }),
      await one("Job", { externalId: jobExternalId, title: "T", profileVersionId: ours.profileVersionId }),
      await one("Application", { externalId: candidateExternalId, candidateExternalId, jobExternalId }),
    ];
    const index = ["Candidate", "Job", "Application"].indexOf(noun);
    const { externalId, candidate, job, application } = there[index]!;
    const found = async (system: string, who: string | (typeof ours.people)["ann"] = key) => {
      const query = `query ($filter: ${noun}Filter) { ${list}(filter: $filter) { nodes { id } totalCount } }`;
      return (await api.ask(who, query, { filter: { external: { system, externalId } } }))[list];
    };
    const { id } = (candidate ?? job ?? application)!;
    expect(await found("ats")).toEqual({ nodes: [{ id }], totalCount: 1 });
    expect(await found("other")).toEqual({ nodes: [], totalCount: 0 });
    expect(await found("ats", ours.people.ann)).toEqual({ nodes: [], totalCount: 0 });
  });

  test("is shown with it to those who run the hiring and to keys that see it, and is empty for others", async () => {
    const externalId = unique();
    const { candidate } = await one("Candidate", { externalId, name: "N" });
    const job = await one("Job", { externalId, title: "T", profileVersionId: ours.profileVersionId });
    const reading = (await keyWith(ours, ["interviews:read"])).secret;
    const questions = (await keyWith(ours, ["questions:read"])).secret;
    const query =
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Candidate { externalReferences { externalId } } ... on Job { externalReferences { externalId } } } }";
    const read = async (who: string | (typeof ours.people)["ann"]) =>
      (await api.ask(who, query, { ids: [candidate!.id, job.job!.id] })).nodes;
    const shown = { externalReferences: [{ externalId }] };
    expect(await read(ours.people.hiringManager)).toEqual([shown, shown]);
    expect(await read(key)).toEqual([shown, shown]);
    expect(await read(reading)).toEqual([null, shown]);
    expect(await read(questions)).toEqual([null, { externalReferences: [] }]);
    expect(await read(ours.people.ann)).toEqual([null, { externalReferences: [] }]);
  });
});
