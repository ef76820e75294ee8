import {
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { Client } from "pg";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { allRows } from "../../src/platform/db/reader";
import { newId, typeOfId } from "../../src/platform/ids";
import { createQuestion } from "../../src/question-bank/question.actions";
import { QuestionVersion } from "../../src/question-bank/question.entity";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { saveScorecard } from "../../src/scorecards/scorecard.actions";
import { schema } from "../../src/server";
import { type Company, company, type Person } from "../cast/company";
import { draft, interview, submit } from "../cast/interview";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl } from "../support/database";

jest.setTimeout(30_000);

// Every field of every input, found in the schema: none is listed by hand, so a new one is tested when it is published.

type Input = Record<string, unknown>;

interface Place {
  mutation: string;
  /** From `input`; lists by their first item. */
  path: string[];
  field: GraphQLInputField;
}

const mutations = Object.values(schema.getMutationType()!.getFields());

function placesOf(mutation: string, type: GraphQLInputType, above: string[] = []): Place[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`${mutation} takes an input that is no object`);
  return Object.values(named.getFields()).flatMap((field) => {
    const item = isListType(getNullableType(field.type)) && isInputObjectType(getNamedType(field.type));
    const path = [...above, field.name, ...(item ? ["0"] : [])];
    if (isInputObjectType(getNamedType(field.type))) return placesOf(mutation, field.type, path);
    return [{ mutation, path, field }];
  });
}

/** Fields that may be null, inputs within inputs included. */
function optionalOf(mutation: string, type: GraphQLInputType, above: string[] = []): Place[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    const path = [...above, field.name];
    const within = isListType(getNullableType(field.type)) ? [...path, "0"] : path;
    const own = isNonNullType(field.type) ? [] : [{ mutation, path, field }];
    return [...own, ...optionalOf(mutation, field.type, within)];
  });
}

const places = mutations.flatMap(({ name, args }) => placesOf(name, args[0]!.type));
const ofType = (name: string) =>
  places
    .filter(({ field }) => getNamedType(field.type).name === name)
    .map((place) => [`${place.mutation}.${place.path.join(".")}`, place] as const);

/** Where the answer of a mutation shows what was stored. */
const READABLE: Record<string, string> = {
  createApplication: "application { id }",
  createCandidate: "candidate { name email }",
  createInterviewKit: "interviewKit { name }",
  createJob: "job { title }",
  createQuestion: "question { versions { nodes { title stem tags } } }",
  createQuestionBank: "questionBank { name description }",
  createRoleProfile: "roleProfile { name versions { nodes { bands { label } } } }",
  createRubric: "rubric { name versions { nodes { criteria { key name anchors { label behaviour } } } } }",
  createSkill: "skill { slug name }",
  importQuestions: "report { items { outcome reason question { versions { nodes { stem } } } } }",
  moveInterviewSession: "interviewSession { state }",
  planInterviewSession: "interviewSession { timeZone place }",
  saveScorecard: "scorecard { summary ratings { evidence } }",
  scheduleInterviewSession: "interviewSession { timeZone place }",
  submitScorecard: "scorecard { state }",
  updateCandidate: "candidate { name email }",
  waiveScorecard: "interviewSession { panel { waivedReason } }",
  withdrawScorecard: "scorecard { state }",
};

/** Scorecards are written by their author; everything else is done by somebody who may do most. */
const actorOf = (mutation: string): Person =>
  mutation.endsWith("Scorecard") && mutation !== "waiveScorecard" ? "ann" : "admin";

/** A company with a row of every published type, and a valid input for every mutation. */
interface Stage {
  company: Company;
  /** New each time, so that it can be accepted once. */
  valid: Record<string, () => Promise<Input>>;
}

let made = 0;

async function stage(api: Api): Promise<Stage> {
  const own = await company(api.database);
  const admin = own.as("admin");
  const bank = await createQuestionBank(admin, { name: "Bank" });
  await createQuestion(admin, { bankId: bank.id, kind: "ESSAY", stem: "Why?", stemFormat: "PLAIN" });
  const [questionVersion] = await allRows(admin.db, QuestionVersion, () => "true");
  const unique = () => `n${++made}`;
  const skillId = own.skillIds.sql!;
  const candidate = async () => (await createCandidate(admin, { name: "Somebody" })).id;
  const session = (state: "SCHEDULED" | "IN_PROGRESS" = "IN_PROGRESS") =>
    interview(own, { panel: ["ann", "bob"], state });
  const slot = {
    startsAt: "2031-01-01T09:00:00+01:00",
    endsAt: "2031-01-01T10:00:00+01:00",
    timeZone: "Europe/Zurich",
  };
  const kit = async () => ({
    name: unique(),
    profileVersionId: own.profileVersionId,
    rubricVersionId: own.rubricVersionId,
    minutes: 60,
    questions: [{ questionVersionId: questionVersion!.id, minutes: 10 }],
  });
  const rubric = () => ({
    name: unique(),
    criteria: [
      {
        key: "k",
        name: "K",
        skillId,
        weight: 1,
        scaleMin: 1,
        scaleMax: 5,
        gate: { min: 2, rule: "MEAN" },
        anchors: [{ value: 1, label: "Low", behaviour: "Some." }],
      },
    ],
  });
  const profile = () => ({
    name: unique(),
    level: "MIDDLE",
    passMark: 60,
    leastCoveragePercent: 50,
    bands: [{ label: "All", min: 0 }],
    expectations: [{ skillId, level: "MIDDLE", weight: 1, gate: 10 }],
  });
  const card = (id: string, version: number) => ({ id, version });
  const valid: Stage["valid"] = {
    createApplication: async () => ({ candidateId: await candidate(), jobId: own.job.id }),
    createCandidate: async () => ({ name: "Ada", email: `${unique()}@example.org` }),
    createInterviewKit: kit,
    createJob: async () => ({ title: "A job", profileVersionId: own.profileVersionId }),
    createQuestion: async () => ({
      bankId: bank.id,
      kind: "ESSAY",
      title: "T",
      stem: "S",
      stemFormat: "PLAIN",
      skillId,
      tags: ["t"],
    }),
    createQuestionBank: async () => ({ name: unique(), description: "D" }),
    createRoleProfile: async () => profile(),
    createRubric: async () => rubric(),
    createSkill: async () => ({ slug: unique(), name: "N", parentId: skillId }),
    importQuestions: async () => ({ bankId: bank.id, gift: `Is ${unique()} right? {T}`, skillId, dryRun: false }),
    moveInterviewSession: async () => {
      const { id, version } = await session("SCHEDULED");
      return { id, version, to: "IN_PROGRESS" };
    },
    planInterviewSession: async () => ({
      ...slot,
      place: "Room",
      applicationId: (await own.applicant()).id,
      kitId: own.kit.id,
      panel: [{ memberId: own.people.ann.id, seat: "LEAD", feedbackRequired: true }],
    }),
    saveScorecard: async () => {
      const { id: sessionId } = await session();
      const { version } = await saveScorecard(own.as("ann"), { sessionId, ratings: [] });
      const rating = { criterionId: own.criterionIds["sql-query"], outcome: "RATED", value: 3, evidence: "E" };
      return { sessionId, version, recommendation: "YES", summary: "S", ratings: [rating] };
    },
    scheduleInterviewSession: async () => {
      const { id, version } = await session("SCHEDULED");
      return { id, version, place: "Room", ...slot };
    },
    submitScorecard: async () => {
      const { id, version } = await draft(own, "ann", await session());
      return card(id, version);
    },
    updateCandidate: async () => ({
      id: await candidate(),
      version: 1,
      name: "Ada",
      email: `${unique()}@example.org`,
    }),
    waiveScorecard: async () => {
      const { id } = await session();
      const text = "select id from panelists where session_id = $1 order by id limit 1";
      const [panelist] = await admin.db.all<{ id: string }>(text, [id]);
      return { panelistId: panelist!.id, reason: "Ill" };
    },
    withdrawScorecard: async () => {
      const { id, version } = await submit(own, "ann", await session(), { "sql-query": 3 });
      return card(id, version);
    },
  };
  // A kit with a question, so that sessions have questions too.
  const { data } = await api.send(
    own.people.admin,
    `mutation ($i: CreateInterviewKitInput!) { createInterviewKit(input: $i) { interviewKit { id } } }`,
    { i: await kit() },
  );
  const whole = { ...(await valid.planInterviewSession!()), kitId: data.createInterviewKit.interviewKit.id };
  await api.ask(own.people.admin, documentOf("planInterviewSession"), { input: whole });
  return { company: own, valid };
}

const documentOf = (mutation: string): string => {
  const type = schema.getMutationType()!.getFields()[mutation]!.args[0]!.type;
  return `mutation ($input: ${type}) { ${mutation}(input: $input) { ${READABLE[mutation]} userErrors { code field message } } }`;
};

let api: Api;
let ours: Stage;
let theirs: Stage;
let superuser: Client;
let tables: string[];

beforeAll(async () => {
  api = await startApi();
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  const { rows } = await superuser.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'organization_id' order by 1`,
  );
  tables = rows.map(({ name }) => name);
  [ours, theirs] = [await stage(api), await stage(api)];
});

afterAll(async () => {
  await superuser.end();
  await api.close();
});

/** Number and content of the rows of every table, in both organisations. */
async function everyRow(): Promise<unknown[]> {
  const counts = tables.map(
    (table) => `select '${table}' as name, count(*)::int as n, sum(hashtextextended(t::text, 0))::text as said
      from ${table} t where organization_id = any($1)`,
  );
  const ids = [ours.company.organizationId, theirs.company.organizationId];
  return (await superuser.query(counts.join(" union all "), [ids])).rows;
}

const LEAK =
  /node_modules|\.[tj]s:\d|\bat \S+ \(|stacktrace|violates|QueryFailed|relation "|syntax error at|invalid byte|duplicate key|\bselect\b.*\bfrom\b|insert into|SQLSTATE|pg_/i;

async function attempt(mutation: string, input: unknown): Promise<Answer> {
  const answer = await api.send(ours.company.people[actorOf(mutation)], documentOf(mutation), { input });
  const { headers: _, ...said } = answer;
  expect(JSON.stringify(said)).not.toMatch(LEAK);
  expect(answer.errors?.map(({ extensions }) => extensions.code) ?? []).not.toContain("INTERNAL_SERVER_ERROR");
  return answer;
}

/** Sends the input once with each of the values at the path, all to be refused, and proves that nothing was written. */
async function refused<V>({ mutation, path }: Place, input: Input, values: readonly V[]): Promise<[V, Answer][]> {
  const before = await everyRow();
  const answers = await Promise.all(values.map((value) => attempt(mutation, changed(input, path, value))));
  expect(await everyRow()).toEqual(before);
  return values.map((value, index) => [value, answers[index]!]);
}

function at(input: unknown, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? input : at((input as Record<string, unknown>)[key], rest);
}

/** The input with another value at the path. */
function changed(input: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = changed((input as Record<string, unknown>)[key], rest, value);
  if (Array.isArray(input)) return input.map((item, index) => (`${index}` === key ? inner : item));
  return { ...(input as object), [key]: inner };
}

const outcomeOf = ({ data, errors }: Answer, mutation: string) => ({ errors, payload: data?.[mutation] });

test("every mutation takes one input, has a valid one here with every field filled in, and accepts it", async () => {
  expect(mutations.filter(({ args }) => args.length !== 1 || args[0]!.name !== "input")).toEqual([]);
  expect(Object.keys(ours.valid).sort()).toEqual(mutations.map(({ name }) => name).sort());
  for (const { name } of mutations) {
    const input = await ours.valid[name]!();
    for (const { path } of places.filter(({ mutation }) => mutation === name)) {
      expect([name, ...path, at(input, path) ?? "nothing"]).not.toContain("nothing");
    }
    const answer = await attempt(name, input);
    expect({ name, errors: answer.errors, userErrors: answer.data[name].userErrors }).toEqual({
      name,
      errors: undefined,
      userErrors: [],
    });
  }
});

describe("an id of an input", () => {
  const garbage = [
    "",
    "x",
    42,
    "🦄",
    "\u0000",
    "a".repeat(10_000),
    "' or 1=1 --",
    "6f1c6a1e-6d0e-4b43-8f57-0d2f6d8f0a11",
  ];

  test.each(ofType("ID"))("%s must be the id of the right type", async (_, place) => {
    const { mutation, path } = place;
    const input = await ours.valid[mutation]!();
    const right = at(input, path) as string;
    const type = typeOfId(right)!;
    const other = type === "Candidate" ? newId("Job") : newId("Candidate");
    const existing = type === "Member" ? ours.company.job.id : ours.company.people.ann.id;
    const wrong = [...garbage, right.toUpperCase(), ` ${right}`, `${right}0`, right.slice(1), other, existing];
    for (const [id, answer] of await refused<unknown>(place, input, wrong)) {
      expect({ id, ...outcomeOf(answer, mutation) }).toMatchObject({
        id,
        errors: undefined,
        payload: { userErrors: [{ code: "WRONG_ID_TYPE", field: path, message: expect.stringContaining(type) }] },
      });
    }
  });

  /** The session's rubric decides what can be rated, so that an unknown criterion can be told from a hidden one by nobody. */
  const OTHER_REFUSAL: Record<string, string> = { "saveScorecard.ratings.0.criterionId": "CRITERION_NOT_RATED_HERE" };

  test.each(ofType("ID"))("%s of another organisation is like one that never was", async (name, place) => {
    const { mutation, path } = place;
    const foreign = at(await theirs.valid[mutation]!(), path) as string;
    const ids = [foreign, newId(typeOfId(foreign)!)];
    const answers = (await refused(place, await ours.valid[mutation]!(), ids)).map(([id, { status, data, errors }]) =>
      JSON.parse(JSON.stringify({ status, data, errors }).replaceAll(id, "<id>")),
    );
    expect(answers[0]).toEqual(answers[1]);
    if (OTHER_REFUSAL[name]) {
      const fault = { code: OTHER_REFUSAL[name], field: path };
      expect(answers[0]).toMatchObject({ data: { [mutation]: { userErrors: [fault] } } });
    } else {
      expect(answers[0].errors).toMatchObject([
        { path: [mutation], message: expect.stringContaining("<id>"), extensions: { code: "NOT_FOUND" } },
      ]);
    }
  });

  test("NOT_FOUND names the field at fault", async () => {
    const unnamed: string[] = [];
    for (const [name, { mutation, path }] of ofType("ID")) {
      const input = await ours.valid[mutation]!();
      const { errors } = await attempt(mutation, changed(input, path, newId(typeOfId(at(input, path) as string)!)));
      const field = errors?.[0]?.extensions.field;
      if (errors && JSON.stringify(field) !== JSON.stringify(path)) unnamed.push(`${name}: ${JSON.stringify(field)}`);
    }
    expect(unnamed).toEqual([]);
  });
});

describe("an id of node and nodes", () => {
  const nouns = schema
    .getPossibleTypes(schema.getType("Node") as never)
    .map(({ name }) => name)
    .sort();

  const send = async (query: string, variables: object, who: Person = "admin") => {
    const answer = await api.send(ours.company.people[who], query, variables);
    expect(JSON.stringify(answer)).not.toMatch(LEAK);
    return answer;
  };
  const node = (id: string, who?: Person) => send("query ($id: ID!) { node(id: $id) { __typename id } }", { id }, who);
  const nodes = (ids: string[], who?: Person) =>
    send("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids }, who);

  async function idOf(noun: string, { company: { organizationId } }: Stage): Promise<string> {
    const { tableName } = api.database.dataSource.entityMetadatas.find(({ name }) => name === noun)!;
    const key = noun === "Organization" ? "id" : "organization_id";
    const { rows } = await superuser.query(`select id from ${tableName} where ${key} = $1 limit 1`, [organizationId]);
    if (!rows[0]) throw new Error(`The stage has no ${noun}`);
    return rows[0].id;
  }

  test.each(nouns)("%s: our own is found, another organisation's is like one that never was", async (noun) => {
    // Drafts are their author's alone.
    const who = noun === "Rating" || noun === "Scorecard" ? "ann" : "admin";
    const own = await idOf(noun, ours);
    expect((await node(own, who)).data).toEqual({ node: { __typename: noun, id: own } });
    const foreign = await idOf(noun, theirs);
    const never = newId(noun);
    const answers = [];
    for (const id of [foreign, never]) {
      const { status, data, errors } = await node(id, who);
      expect(errors).toMatchObject([{ path: ["node"], extensions: { code: "NOT_FOUND" } }]);
      answers.push(JSON.parse(JSON.stringify({ status, data, errors }).replaceAll(id, "<id>")));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect((await nodes([foreign, own, never], who)).data).toEqual({
      nodes: [null, { __typename: noun, id: own }, null],
    });
  });

  test.each(["", "x", "🦄", "\u0000", "\ud800", "a".repeat(10_000), "6f1c6a1e-6d0e-4b43-8f57-0d2f6d8f0a11"])(
    "%j is no id of ours",
    async (id) => {
      const [one, several] = [await node(id), await nodes([ours.company.job.id, id])];
      expect(one).toMatchObject({
        data: { node: null },
        errors: [{ path: ["node"], extensions: { code: "BAD_ID", field: ["id"] } }],
      });
      expect(several).toMatchObject({ data: null, errors: [{ path: ["nodes"], extensions: { code: "BAD_ID" } }] });
    },
  );

  test("nodes names its own argument, and takes at most 100", async () => {
    const many = Array.from({ length: 101 }, () => ours.company.job.id);
    expect(await nodes(many)).toMatchObject({
      data: null,
      errors: [{ extensions: { code: "BAD_PAGE", field: ["ids"] } }],
    });
    expect((await nodes(many.slice(1))).data.nodes).toHaveLength(100);
    expect((await nodes(["x"])).errors?.[0]?.extensions.field?.[0]).toBe("ids");
  });
});

describe("a text of an input", () => {
  const texts = ofType("String");
  /** The file of an import reports on each of its questions instead; see gift.test.ts. */
  const fields = texts.filter(([name]) => name !== "importQuestions.gift");

  const valueAt = ({ field }: Place, text: string): unknown =>
    isListType(getNullableType(field.type)) ? [text] : text;
  const promised = ({ field }: Place) => field.description ?? "";
  const oneLine = (place: Place) => !/At most \d+ characters\.$/.test(promised(place));
  const mayBeBlank = (place: Place) => !oneLine(place) && !/not blank/.test(promised(place));

  const unstorable = {
    NUL: "a\u0000b",
    "NUL alone": "\u0000",
    "a lone high surrogate": "a\ud800b",
    "a lone low surrogate": "a\udc00b",
    "surrogates in the wrong order": "\udc00\ud800",
    "a control character": "a\u0007b",
    "a C1 control character": "a\u0085b",
    DEL: "a\u007fb",
    "25,000 letters": "a".repeat(25_000),
  };
  const blank = { nothing: "", spaces: "   ", "white space of other scripts": "\u00a0\u3000\u2003" };

  test.each(fields)("%s refuses what cannot be stored or is too long", async (_, place) => {
    const { mutation, path } = place;
    const input = await ours.valid[mutation]!();
    const bad = {
      ...unstorable,
      ...(oneLine(place)
        ? {
            "two lines": "a\nb",
            "a line separator": "a\u2028b",
            "turned about": "\u202eabc",
            "nothing to see": "\u200b",
          }
        : {}),
      ...(mayBeBlank(place) ? {} : blank),
    };
    const answers = await refused(
      place,
      input,
      Object.values(bad).map((text) => valueAt(place, text)),
    );
    for (const [index, what] of Object.keys(bad).entries()) {
      const [, answer] = answers[index]!;
      expect({ what, ...outcomeOf(answer, mutation) }).toMatchObject({
        what,
        errors: undefined,
        payload: { userErrors: [{ code: "BAD_INPUT", field: path }] },
      });
    }
  });

  const wide = {
    emoji: "👩🏽‍💻🦄🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "right to left": "שלום عالم abc",
    "four bytes": "𝒳𐍈𠜎",
    combining: "Z\u0338\u0321 e\u0301 \u0915\u094d\u0937",
    "quotes and the like": `'; drop table candidates; -- "\\ \${x} %s <b>&amp;`,
  };

  /** What the field makes of a text where it does not take any. */
  function shaped({ path }: Place, text: string): { sent: string; stored: string } {
    if (path.at(-1) !== "email") return { sent: text, stored: text };
    const local = `${text.replace(/[\s@]/g, "")}${++made}`;
    return { sent: `${local}@EXAMPLE.org`, stored: `${local}@example.org`.toLowerCase() };
  }

  const refusing: Record<string, string> = { slug: "BAD_INPUT", key: "BAD_INPUT", timeZone: "BAD_SCHEDULE" };

  test.each(fields)("%s keeps every letter of every script", async (_, place) => {
    const { mutation, path } = place;
    const code = refusing[path.at(-1)!];
    for (const [what, text] of Object.entries(wide)) {
      const { sent, stored } = shaped(place, text);
      const input = await ours.valid[mutation]!();
      if (code) {
        const [[, answer]] = (await refused(place, input, [valueAt(place, sent)])) as [[unknown, Answer]];
        const userErrors = [{ code, field: path }];
        expect({ what, ...outcomeOf(answer, mutation) }).toMatchObject({ what, payload: { userErrors } });
      } else {
        const answer = await attempt(mutation, changed(input, path, valueAt(place, sent)));
        const accepted = { what, errors: undefined, payload: { userErrors: [] } };
        expect({ what, ...outcomeOf(answer, mutation) }).toMatchObject(accepted);
        expect(stringsIn(answer.data)).toContain(stored);
      }
    }
  });

  test.each(fields.filter(([, place]) => mayBeBlank(place)))("%s may be blank and have lines", async (_, place) => {
    for (const text of ["", "  ", "one\ntwo\r\n\tthree"]) {
      const answer = await attempt(place.mutation, changed(await ours.valid[place.mutation]!(), place.path, text));
      expect(answer.data[place.mutation].userErrors).toEqual([]);
      expect(stringsIn(answer.data)).toContain(text);
    }
  });

  test.each(fields.filter(([, { field }]) => /\d+ characters\./.test(field.description ?? "")))(
    "%s takes as many characters as it promises, and not one more",
    async (_, place) => {
      const limit = Number(/(\d+) characters\.$/.exec(promised(place))![1]);
      if (place.path.at(-1) === "timeZone") return;
      const { mutation, path } = place;
      const full = "x".repeat(limit);
      const taken = await attempt(mutation, changed(await ours.valid[mutation]!(), path, valueAt(place, full)));
      expect(stringsIn(taken.data)).toContain(full);
      const [[, { data }]] = (await refused(place, await ours.valid[mutation]!(), [valueAt(place, `${full}x`)])) as [
        [unknown, Answer],
      ];
      expect(data[mutation].userErrors).toMatchObject([{ code: "BAD_INPUT", field: path }]);
    },
  );

  function stringsIn(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return value && typeof value === "object" ? Object.values(value).flatMap(stringsIn) : [];
  }
});

/** What GraphQL itself says of a value of another kind. */
const UNREADABLE = { status: 400, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] };

describe("an optional field of an input", () => {
  const optional = mutations
    .flatMap(({ name, args }) => optionalOf(name, args[0]!.type))
    .map((place) => [`${place.mutation}.${place.path.join(".")}`, place] as const);

  /** Where nothing means something else: a slot in halves, and a draft that was begun already. */
  const refusing: Record<string, string> = {
    startsAt: "BAD_SCHEDULE",
    endsAt: "BAD_SCHEDULE",
    timeZone: "BAD_SCHEDULE",
    version: "STALE_VERSION",
    value: "VALUE_OUTSIDE_SCALE",
  };

  test.each(optional)("%s may be null or left out", async (_, { mutation, path }) => {
    for (const nothing of [null, undefined]) {
      const input = changed(await ours.valid[mutation]!(), path, nothing);
      const { errors, payload } = outcomeOf(await attempt(mutation, input), mutation);
      const code = refusing[path.at(-1)!];
      const userErrors = code ? [{ code, field: path }] : [];
      expect({ nothing, errors, payload }).toMatchObject({ nothing, errors: undefined, payload: { userErrors } });
    }
  });
});

describe("a number of an input", () => {
  test.each(ofType("Int"))("%s refuses what is out of range", async (_, place) => {
    const { mutation, path } = place;
    const input = await ours.valid[mutation]!();
    for (const [number, answer] of await refused(place, input, [2_147_483_647, -2_147_483_648])) {
      // A version may be any positive number; a wrong one is stale.
      const code = path.at(-1) === "version" && number > 0 ? "STALE_VERSION" : /^(BAD_INPUT|VALUE_OUTSIDE_SCALE)$/;
      const userErrors = [{ code: expect.stringMatching(code), field: path }];
      expect({ number, ...outcomeOf(answer, mutation) }).toMatchObject({
        number,
        errors: undefined,
        payload: { userErrors },
      });
    }
    const none: unknown[] = [2 ** 31, -(2 ** 31) - 1, 1e300, 1.5, "7", true];
    for (const [number, { status, errors }] of await refused(place, input, none)) {
      expect({ number, status, errors }).toMatchObject({ number, ...UNREADABLE });
    }
  });
});

describe("a time of an input", () => {
  const none = ["", "soon", "2031-02-30T10:00:00Z", "2031-01-01T10:00:00", "2031-01-01", "\u0000", 0, 1e300, true];
  const outlandish = ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];

  test.each(ofType("DateTime"))("%s refuses what is no time, or one that makes no slot", async (_, place) => {
    const { mutation } = place;
    const input = await ours.valid[mutation]!();
    for (const [time, { status, errors }] of await refused<unknown>(place, input, none)) {
      expect({ time, status, errors }).toMatchObject({ time, ...UNREADABLE });
    }
    for (const [time, answer] of await refused(place, input, outlandish)) {
      const userErrors = expect.arrayContaining([expect.objectContaining({ code: "BAD_SCHEDULE" })]);
      expect({ time, ...outcomeOf(answer, mutation) }).toMatchObject({
        time,
        errors: undefined,
        payload: { userErrors },
      });
    }
  });
});

test("every published noun has a type of id", () => {
  const nouns = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "Node"),
  );
  expect(nouns.map(({ name }) => typeOfId(newId(name)))).toEqual(nouns.map(({ name }) => name));
});
