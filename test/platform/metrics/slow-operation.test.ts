import { createHash } from "node:crypto";
import { company } from "../../cast/company";
import { type Watched, watched } from "./watched";

/** Everything takes longer. */
const ANYTHING = 0.001;
const open: Watched[] = [];

async function server(options: Parameters<typeof watched>[0]): Promise<Watched> {
  const made = await watched(options);
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const SEARCH =
  "query Search($name: String!) { candidates(first: 3, filter: { name: $name }) { nodes { name email } } }";
const NAMED = "query Named { viewer { member { name } } about { version } }";
const slow = (logged: { msg: string }[]) => logged.filter(({ msg }) => msg === "a slow operation");

test("an operation that took long is told in one line: which, for whom, how long, and what its statements took", async () => {
  const api = await server({ slowMilliseconds: ANYTHING });
  const { people, organizationId } = await company(api.database);
  const { requestId } = await api.send(people.ann, { query: NAMED });
  const [line, ...others] = slow(api.logged());
  expect(others).toEqual([]);
  const { level: _, time: __, pid: ___, hostname: ____, ...said } = line as Record<string, unknown>;
  expect(said).toEqual({
    msg: "a slow operation",
    operation: "Named",
    document: createHash("sha256").update(NAMED).digest("hex").slice(0, 16),
    requestId,
    organizationId,
    milliseconds: expect.any(Number),
    statementCount: expect.any(Number),
    statements: expect.any(Array),
  });
  const { statements, statementCount } = said as unknown as Line;
  expect(statements).toHaveLength(statementCount);
  expect(statementCount).toBeGreaterThan(0);
  for (const each of statements) {
    expect(each).toEqual({ statement: expect.stringMatching(/^[0-9a-f]{16}$/), milliseconds: expect.any(Number) });
  }
});

interface Line {
  statementCount: number;
  statements: { statement: string }[];
}

test("the same statement has the same hash with other values, and another statement another", async () => {
  const api = await server({ slowMilliseconds: ANYTHING });
  const { people } = await company(api.database);
  const ask = (query: string) => api.send(people.admin, { query });
  await ask("{ candidates(first: 2) { nodes { name } } }");
  for (const first of [2, 3]) await ask(`{ candidates(first: ${first}) { nodes { name } } }`);
  await ask("{ jobs(first: 2) { nodes { title } } }");
  const last = slow(api.logged()).map((line) => (line as unknown as Line).statements.at(-1)!.statement);
  expect(new Set(last.slice(0, 3)).size).toBe(1);
  expect(last[3]).not.toBe(last[0]);
});

test.each([["info"], ["debug"]])("no variable and nobody's data is told, at %s either", async (logLevel) => {
  const api = await server({ slowMilliseconds: ANYTHING, logLevel });
  const { people } = await company(api.database);
  const person = { name: "Wilhelmina Quartz", email: "wilhelmina@quartz.example" };
  const created = await api.send(people.admin, {
    query: `mutation Create($input: CreateCandidateInput!) {
      createCandidate(input: $input) { candidate { id name } userErrors { code } }
    }`,
    variables: { input: person },
  });
  expect(created.data.createCandidate.candidate.name).toBe(person.name);
  await api.send(people.admin, { query: `{ node(id: "${created.data.createCandidate.candidate.id}") { id } }` });
  await api.send(people.admin, { query: SEARCH, variables: { name: "Quartz" } });
  expect(slow(api.logged()).length).toBe(3);
  expect(api.lines.join("")).not.toMatch(/Wilhelmina|quartz|@/i);
  expect(api.lines.join("")).not.toContain(people.admin.email);
});

test("at debug the text of each statement is told beside its hash", async () => {
  const api = await server({ slowMilliseconds: ANYTHING, logLevel: "debug" });
  const { people } = await company(api.database);
  await api.send(people.admin, { query: "{ jobs(first: 1) { nodes { title } } }" });
  const texts = api.logged().filter(({ msg }) => msg === "a statement of it");
  expect(texts.map(({ statement }) => statement)).toEqual(
    (slow(api.logged())[0] as unknown as Line).statements.map(({ statement }) => statement),
  );
  expect(texts.at(-1).text).toMatch(/from jobs t/);
  expect(texts.at(-1).statement).toBe(createHash("sha256").update(texts.at(-1).text).digest("hex").slice(0, 16));
});

test("a stranger's operation is told without an organisation, and without a name as anonymous", async () => {
  const api = await server({ slowMilliseconds: ANYTHING });
  await api.send(null, { query: "{ about { version } }" });
  expect(slow(api.logged())).toMatchObject([{ operation: "anonymous", organizationId: null, statementCount: 0 }]);
});

test("a name is cut short", async () => {
  const api = await server({ slowMilliseconds: ANYTHING });
  await api.send(null, { query: `query ${"N".repeat(5_000)} { about { version } }` });
  expect(slow(api.logged())).toMatchObject([{ operation: "N".repeat(64) }]);
});

test.each([
  ["what is quick enough", 3_600_000],
  ["anything, where the log is not to be told", 0],
])("%s is not told", async (_, slowMilliseconds) => {
  const api = await server({ slowMilliseconds });
  const { people } = await company(api.database);
  await api.send(people.admin, { query: NAMED });
  expect(slow(api.logged())).toEqual([]);
});
