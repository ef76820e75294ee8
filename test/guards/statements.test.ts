import {
  defaultFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from "graphql";
import { TOPIC_KINDS } from "../../src/evaluations/debrief-topic.rules";
import { Organization } from "../../src/identity/organization.entity";
import type { Ctx } from "../../src/platform/context";
import { nounsOf } from "../../src/platform/slice";
import { schema } from "../../src/server";
import { slices } from "../../src/slices";
import type { Company, Person } from "../cast/company";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { listLengths } from "../support/empty-lists";
import {
  cut,
  isPaged,
  nameOf,
  type Path,
  pathsFrom,
  plainSelection,
  rootLists,
  stepsFrom,
  WRITTEN_OUT,
  walking,
} from "../support/operations";
import { crowd } from "./crowd";

jest.setTimeout(120_000);

const FEW = 2;
const MANY = 50;
const DEPTH = 3;

let api: Api;
let here: Company;
let heard: string[] = [];

beforeAll(async () => {
  // What is compiled may be written by PostgreSQL, in one statement for each root field: see test/planner.
  api = await startApi({ jit: false });
  here = await crowd(api.database);
  api.database.heard = (text) => heard.push(text);
});

afterAll(() => api.close());

interface Cost {
  data: Answer["data"];
  statements: string[];
}

/** The data of an answer, and the statements that it took. */
async function cost(query: string, variables: object, who: Person = "admin"): Promise<Cost> {
  heard = [];
  const { data, errors } = await api.send(here.people[who], query, variables);
  expect({ query, errors }).toEqual({ query, errors: undefined });
  return { data, statements: heard };
}

/** The step of a path at which an answer holds nothing, so that what lies beyond was not measured; null where none. */
function darkness(path: Path, data: Answer["data"]): string | null {
  let rows: Answer["data"][] = [data];
  for (const field of [path.root, ...path.steps.map((step) => step.field)]) {
    rows = rows
      .flatMap((row) => (isPaged(field) ? row[field.name].nodes : row[field.name]))
      .filter((row) => row !== null);
    if (rows.length === 0) return field.name;
  }
  return null;
}

const lists = rootLists(schema);
const viewer = schema.getQueryType()!.getFields().viewer!;
const fieldOf = ({ from, field }: Path["steps"][number]): string => `${from}.${field.name}`;

/** Every path of three steps, and for each field that only more of them reach a path that ends there. */
function everyPath(): Path[] {
  const found = lists.flatMap((root) => pathsFrom(root, DEPTH));
  const walked = new Set(found.flatMap(({ steps }) => steps.map(fieldOf)));
  for (let depth = DEPTH + 1; depth <= 2 * DEPTH; depth++) {
    const deeper = lists.flatMap((root) => pathsFrom(root, depth)).filter(({ steps }) => steps.length === depth);
    const fresh = new Map(deeper.map((path) => [fieldOf(path.steps.at(-1)!), path]));
    for (const [name, path] of fresh) if (!walked.has(name)) found.push(path);
    if ([...fresh.keys()].every((name) => walked.has(name))) return found;
    for (const name of fresh.keys()) walked.add(name);
  }
  return found;
}

const paths = everyPath();

/** What waits for everybody alike who runs the hiring: no more of it for Bob. See test/interviews/seats-to-reassign.test.ts. */
const OF_ALL: ReadonlySet<string> = new Set(["ToDo.seatsToReassign"]);

/** From the viewer, for each field that no list leads to a shortest path that ends there. */
function everyOwnPath(): Path[] {
  const walked = new Set(paths.flatMap(({ steps }) => steps.map(fieldOf)));
  const found: Path[] = [];
  for (let depth = 1; depth <= DEPTH; depth++) {
    for (const path of pathsFrom(viewer, depth).filter(({ steps }) => steps.length === depth)) {
      const name = fieldOf(path.steps.at(-1)!);
      if (walked.has(name) || OF_ALL.has(name)) continue;
      walked.add(name);
      found.push(path);
    }
  }
  return found;
}

const ownPaths = everyOwnPath();

/** Every connection, at the end of the shortest path that leads to it: a longer one may have passed it before. */
function everyConnection(): [name: string, path: Path][] {
  const found = new Map<string, Path>(lists.map((root) => [`Query.${root.name}`, { root, steps: [] }]));
  const cuts = [...paths, ...ownPaths].flatMap((path) => path.steps.map((_, index) => cut(path, index + 1)));
  for (const path of cuts.sort((a, b) => a.steps.length - b.steps.length)) {
    const last = path.steps.at(-1)!;
    if (isPaged(last.field) && !found.has(fieldOf(last))) found.set(fieldOf(last), path);
  }
  return [...found];
}

const connections = everyConnection();

const objectTypes = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type),
);

/** Fields that lead to objects, without those that the type has from an interface which is walked. */
function ownSteps(type: GraphQLObjectType | GraphQLInterfaceType) {
  const inherited = new Set(type.getInterfaces().flatMap((each) => stepsFrom(each).map(({ name }) => name)));
  return stepsFrom(type).filter(({ name }) => !inherited.has(name));
}

/** What questions have by their kind: read by a test of its own, below. */
const OF_KINDS = /^(\w+Question|ChoiceOption|AcceptedText|AcceptedInterval|MatchingPair)\./;

describe("what is walked", () => {
  test("is every field that leads to objects, but for pages, payloads and what hangs on no list", () => {
    const walked = new Set([...paths, ...ownPaths].flatMap(({ steps }) => steps.map(fieldOf)));
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const fields = objectTypes
      .filter((type) => !roots.includes(type) && !/(Connection|Edge|Payload)$/.test(type.name))
      .flatMap((type) => ownSteps(type).map(({ name }) => `${type.name}.${name}`))
      .filter((name) => !OF_KINDS.test(name));
    expect(fields.filter((name) => !walked.has(name)).sort()).toEqual([
      "ApplicationComparison.applications", // of a comparison, see below
      "ApplicationComparison.skills",
      "ComparedApplication.application",
      "ComparedApplication.evaluation",
      "ComparedSkill.cells",
      "ComparedSkill.skill",
      "ComparisonCell.application",
      "ComparisonCell.gate",
      "ComparisonCell.score",
      "Event.object", // of the feed, see test/webhooks/events.test.ts
      "EventFeed.edges",
      "EventFeed.nodes",
      "EventFeed.pageInfo",
      "ImportReport.counts", // of a mutation, see below
      "ImportReport.import",
      "ImportReport.items",
      "ImportedItem.faults",
      "ImportedItem.object",
      "NewApiKey.apiKey", // of mutations that make one
      "NewCalendarAddress.calendarAddress",
      "NewScoreLink.scoreLink",
      "NewWebhookSecret.webhookEndpoint",
      "QuestionFacets.kinds", // of a search, see below
      "QuestionFacets.levels",
      "QuestionFacets.skills",
      "QuestionFacets.states",
      "QuestionFacets.tags",
      "QuestionSearch.facets",
      "QuestionSearch.results",
      "SkillCount.skill",
      ...OF_ALL,
      "UpsertApplicationResult.application", // of mutations
      "UpsertApplicationResult.userErrors",
      "UpsertCandidateResult.candidate",
      "UpsertCandidateResult.userErrors",
      "UpsertJobResult.job",
      "UpsertJobResult.userErrors",
      "WebhookReplay.webhookEndpoint",
    ]);
    expect(walked.size).toBeGreaterThan(50);
  });

  test("are all lists of the root and every connection, on at least 550 paths", () => {
    const root = Object.values(schema.getQueryType()!.getFields());
    const others = root.filter(({ name }) => !lists.some((list) => list.name === name)).map(({ name }) => name);
    expect(others.sort()).toEqual([
      "about",
      "compareApplications",
      "events",
      "exportBank",
      "node",
      "nodes",
      "searchQuestions",
      "viewer",
    ]);
    const interfaces = Object.values(schema.getTypeMap()).filter((type) => isInterfaceType(type));
    const paged = [...objectTypes, ...interfaces].flatMap((type) =>
      ownSteps(type)
        .filter(isPaged)
        .map(({ name }) => `${type.name}.${name}`),
    );
    const searched = ["QuestionSearch.results"]; // see below
    expect([...connections.map(([name]) => name), ...searched].sort()).toEqual(paged.sort());
    expect(paths.length).toBeGreaterThanOrEqual(550);
  });
});

describe.each(lists.map(({ name }) => name))("a list of %s", (name) => {
  const own = paths.filter(({ root }) => root.name === name);

  test.each(own.map((path) => [nameOf(path), path] as const))("%s costs 50 what it costs 2", async (_, path) => {
    const query = walking(path);
    const few = await cost(query, { first: FEW });
    const many = await cost(query, { first: MANY });
    expect([few.data[name].nodes.length, many.data[name].nodes.length]).toEqual([FEW, MANY]);
    expect([darkness(path, few.data), darkness(path, many.data)]).toEqual([null, null]);
    expect(many.statements).toEqual(few.statements);
  });
});

/** Ann has a few of whatever is somebody's own, and Bob has many. */
test.each(ownPaths.map((path) => [nameOf(path), path] as const))("%s costs Bob what it costs Ann", async (_, path) => {
  const query = walking(path);
  const few = await cost(query, { first: MANY }, "ann");
  const many = await cost(query, { first: MANY }, "bob");
  expect([darkness(path, few.data), darkness(path, many.data)]).toEqual([null, null]);
  expect(many.statements).toEqual(few.statements);
  const counts = [few, many].map(({ data }) => Math.max(0, ...listLengths(data.viewer).values()));
  expect([
    [0, 0],
    [FEW, MANY],
  ]).toContainEqual(counts);
});

describe.each(connections)("the page of %s", (_, path) => {
  const who = path.root === viewer ? "bob" : "admin";
  const costs = async (last: string, first: number): Promise<string[]> =>
    (await cost(walking(path, last), { first }, who)).statements;

  test("is read once, whatever is asked of it", async () => {
    const all =
      "nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
    expect(await costs(all, MANY)).toEqual(await costs("nodes { id }", FEW));
  });

  test("is counted by one statement more, and only when the count is asked for", async () => {
    const page = await costs("nodes { id }", MANY);
    const both = await costs("nodes { id } totalCount", MANY);
    expect(page.filter((text) => text.includes("count(*)"))).toEqual([]);
    expect(both.filter((text) => !page.includes(text))).toEqual([expect.stringContaining("count(*)")]);
    expect(both.length).toBe(page.length + 1);
    expect((await costs("nodes { id } totalCount", FEW)).length).toBe(both.length);
  });

  test("is not read for its count alone", async () => {
    const page = await costs("nodes { id }", MANY);
    const count = await costs("totalCount", MANY);
    const pagesIn = (statements: readonly string[]) => statements.join("\n").match(/limit \$\d/g)?.length ?? 0;
    const countsIn = (statements: readonly string[]) => statements.join("\n").split("count(*)").length;
    expect(pagesIn(page) - pagesIn(count)).toBe(1);
    expect(countsIn(count) - countsIn(page)).toBe(1);
  });
});

describe("nodes by id", () => {
  const nouns = nounsOf(slices)
    .filter(({ entity }) => entity !== Organization)
    .map(({ entity }) => [entity.name, entity] as const);

  test.each(nouns)("%s costs 50 what it costs 2", async (name, entity) => {
    const type = schema.getType(name)!;
    const table = api.database.model.table(entity).name;
    const { rows } = await withClient(superuserUrl, (client) =>
      client.query<{ id: string }>(
        `select id from ${table} where organization_id = $1 order by id desc limit ${MANY}`,
        [here.organizationId],
      ),
    );
    const query = `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${name} { ${plainSelection(type)} } } }`;
    const few = await cost(query, { ids: rows.slice(0, FEW).map(({ id }) => id) });
    const many = await cost(query, { ids: rows.map(({ id }) => id) });
    expect(many.data.nodes.filter(Boolean).length).toBe(MANY);
    expect(many.statements).toEqual(few.statements);
  });
});

test("there is everything to talk about in a debrief", async () => {
  const query = "query Topics($first: Int) { applications(first: $first) { nodes { debrief { topics { kind } } } } }";
  const { data } = await cost(query, { first: MANY });
  const kinds = data.applications.nodes.map(({ debrief }: Answer["data"]) => [
    ...new Set(debrief.topics.map((topic: Answer["data"]) => topic.kind)),
  ]);
  expect(kinds).toEqual(Array(MANY).fill([...TOPIC_KINDS]));
});

test("a comparison of 10 costs what one of 2 costs", async () => {
  const { data } = await cost("{ applications(first: 10) { nodes { id } } }", {});
  const ids: string[] = data.applications.nodes.map(({ id }: Answer["data"]) => id);
  const gate = "gate { kind status skill { id } }";
  const query = `query Compare($ids: [ID!]!) { compareApplications(ids: $ids) {
    applications { withheld application { id candidate { id } } evaluation { overall { score } skills { skill { id } } } }
    skills { skill { id slug } cells { level weight application { id } ${gate} score { score skill { id } } } }
  } }`;
  const few = await cost(query, { ids: ids.slice(0, FEW) });
  const many = await cost(query, { ids });
  expect(many.data.compareApplications.applications.every((each: Answer["data"]) => each.evaluation)).toBe(true);
  expect(many.data.compareApplications.skills.map((each: Answer["data"]) => each.cells.length)).toContain(10);
  expect(many.statements).toEqual(few.statements);
});

/** What is written out or drawn, where it is met, and what each of it begins with. */
const WRITTEN: [name: string, selection: string, beginning: string][] = [
  ["InterviewSession.calendarFile", "interviewSessions(first: $first) { nodes { calendarFile } }", "BEGIN:VEVENT"],
  ["Evaluation.chart", "applications(first: $first) { nodes { evaluation { chart } } }", "<svg"],
  [
    "Evaluation.chart",
    "applications(first: $first) { nodes { decisions(first: 1) { nodes { evaluation { chart } } } } }",
    "<svg",
  ],
];

test.each(WRITTEN)("%s costs 50 what it costs 2 in %s", async (_, selection, beginning) => {
  const query = `query Written($first: Int) { ${selection} }`;
  const few = await cost(query, { first: FEW });
  const many = await cost(query, { first: MANY });
  expect(JSON.stringify(many.data).split(beginning)).toHaveLength(MANY + 1);
  expect(many.statements).toEqual(few.statements);
});

test("all that is written out is measured", () => {
  expect(new Set(WRITTEN.map(([name]) => name))).toEqual(WRITTEN_OUT);
});

test("a search of 50 costs what one of 2 costs", async () => {
  const query = `query Search($first: Int, $text: String) { searchQuestions(filter: { text: $text }) {
    results(first: $first) { totalCount nodes { id question { id current { id } } skills { slug } } edges { cursor } }
    facets { skills { skill { slug } count } levels { level count } kinds { kind count } tags { tag count } states { state count } }
  } }`;
  for (const text of [null, "index"]) {
    const few = await cost(query, { first: FEW, text });
    const many = await cost(query, { first: MANY, text });
    expect(many.data.searchQuestions.results.nodes.length).toBe(MANY);
    // Page, count and facets are read side by side, in no order.
    expect([...many.statements].sort()).toEqual([...few.statements].sort());
  }
});

test("a difference of two versions of 50 questions costs what one of 2 costs", async () => {
  const query = "query Diff($first: Int) { questions(first: $first) { nodes { diff(from: 1, to: 2) { path } } } }";
  const few = await cost(query, { first: FEW });
  const many = await cost(query, { first: MANY });
  expect(many.data.questions.nodes.every((each: Answer["data"]) => each.diff.length > 0)).toBe(true);
  expect(many.statements).toEqual(few.statements);
});

test("what questions have by their kind costs 50 what it costs 2", async () => {
  const text = "{ text format }";
  const accepted = (bounds: string) => `{ ${bounds} creditMillis feedback ${text} }`;
  const kinds = `
    ... on SingleChoiceQuestion { options { text format creditMillis feedback ${text} } }
    ... on MultipleChoiceQuestion { options { text format creditMillis feedback ${text} } }
    ... on TrueFalseQuestion { answer feedbackWhenTrue ${text} feedbackWhenFalse ${text} }
    ... on ShortTextQuestion { texts: accepted ${accepted("text")} }
    ... on NumericQuestion { numbers: accepted ${accepted("low high")} feedbackOtherwise ${text} }
    ... on MatchingQuestion { prompts ${text} answers pairs { prompt ${text} answer } }`;
  const query = `query Kinds($first: Int) { questions(first: $first) { nodes { versions { nodes { __typename ${kinds} } } } } }`;
  const few = await cost(query, { first: FEW });
  const many = await cost(query, { first: MANY });
  const found = many.data.questions.nodes.flatMap((each: Answer["data"]) => each.versions.nodes);
  expect(new Set(found.map((each: Answer["data"]) => each.__typename)).size).toBe(8);
  expect(many.statements).toEqual(few.statements);
});

test("a report of an import of 50 costs what one of 2 costs", async () => {
  const { data } = await cost("{ questionBanks(first: 1) { nodes { id } } }", {});
  const bankId = data.questionBanks.nodes[0].id;
  const query = `mutation Import($gift: String!, $bankId: ID!, $dryRun: Boolean!) {
    importBank(input: { format: GIFT, bankId: $bankId, text: $gift, dryRun: $dryRun }) {
      report { items { outcome object { ... on Question { id bank { id } versions { nodes { id } } } } } }
      userErrors { message }
    }
  }`;
  const gift = (count: number) =>
    Array.from({ length: count }, (_, index) => `// [id:q${index}]\n::Q${index}::Is ${index} a number?{T}`).join(
      "\n\n",
    );
  await cost(query, { gift: gift(MANY), bankId, dryRun: false });
  const few = await cost(query, { gift: gift(FEW), bankId, dryRun: true });
  const many = await cost(query, { gift: gift(MANY), bankId, dryRun: true });
  const questions = many.data.importBank.report.items.map(({ object }: Answer["data"]) => object?.bank.id);
  expect(questions).toEqual(Array(MANY).fill(bankId));
  expect(many.statements).toEqual(few.statements);
});

/** The guard hears of a field that reads once per row: whether it is a plain one, or leads on. */
describe.each([
  ["a plain field", "jobs", "Job", "title"],
  ["an object", "applications", "Application", "job"],
])("%s that reads for each row", (_, list, type, name) => {
  const field = (schema.getType(type) as GraphQLObjectType).getFields()[name]!;
  const { resolve } = field;

  beforeEach(() => {
    field.resolve = async (source, args, ctx: Ctx, info) => {
      await ctx.db.all("select $1::uuid", [source.id]);
      return (resolve ?? defaultFieldResolver)(source, args, ctx, info);
    };
  });

  afterEach(() => {
    field.resolve = resolve;
  });

  test("costs more for 50", async () => {
    const inside = isObjectType(getNamedType(field.type)) ? "{ id }" : "";
    const query = `query PerRow($first: Int) { ${list}(first: $first) { nodes { ${name} ${inside} } } }`;
    const few = await cost(query, { first: FEW });
    const many = await cost(query, { first: MANY });
    expect(many.statements.length - few.statements.length).toBeGreaterThanOrEqual(MANY - FEW);
  });
});
