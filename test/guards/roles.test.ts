import { type GraphQLObjectType, getNamedType } from "graphql";
import { Client } from "pg";
import { type Grant, MUTATIONS, QUERIES, TYPES } from "../../src/identity/permission.rules";
import { ROLES, type Role, SCOPES, type Scope } from "../../src/identity/viewer.rules";
import { createCalendarAddress } from "../../src/interviews/calendar-address.actions";
import { writeQuestionNote } from "../../src/interviews/session-question.actions";
import { SessionQuestion } from "../../src/interviews/session-question.entity";
import { allRows } from "../../src/platform/db/reader";
import { nounsOfKinds } from "../../src/platform/graphql/node";
import { OPEN_ROOT_FIELDS } from "../../src/platform/graphql/schema";
import { typeOfId } from "../../src/platform/ids";
import { sequence } from "../../src/platform/journal/sequencer";
import { schema } from "../../src/server";
import type { Person } from "../cast/company";
import { interview, submit } from "../cast/interview";
import { asEnteredBy, keyWith } from "../cast/keys";
import { asking } from "../cast/questions";
import { documentOf, type Stage, stage } from "../cast/valid-inputs";
import { type Answer, type Api, type Signer, startApi } from "../support/api";
import { superuserUrl } from "../support/database";
import type { Input } from "../support/input-places";
import { rootLists } from "../support/operations";
import { everyRow, walledTables } from "../support/rows";

jest.setTimeout(60_000);

/*
 * The table of permissions against the schema: every mutation, every root field and every noun, as every role and as keys
 * of every scope. What the table allows has to succeed, and what it does not has to be refused, whatever the reason.
 */

/** Who stands for a role. */
const PEOPLE: Readonly<Record<Role, Person>> = {
  ADMIN: "admin",
  RECRUITER: "recruiter",
  HIRING_MANAGER: "hiringManager",
  INTERVIEWER: "ann",
  AUDITOR: "auditor",
};

/** What docs say that a scope brings along; told apart from the table that the server reads. */
const BROUGHT: Readonly<Record<Scope, readonly Scope[]>> = {
  "candidates:read": [],
  "candidates:write": ["candidates:read"],
  "candidates:privacy": ["candidates:read"],
  "interviews:read": ["questions:read"],
  "interviews:write": ["interviews:read", "questions:read"],
  "scorecards:read": ["interviews:read", "questions:read"],
  "scorecards:write": ["interviews:read", "questions:read"],
  "questions:read": [],
  "audit:read": [],
};

interface Actor {
  name: string;
  id: string;
  signs: Signer | string;
  /** In whose part inputs are made. */
  by: Person;
  isGranted: (grant: Grant) => boolean;
}

const MUTATION_GRANTS: Readonly<Record<string, Grant>> = MUTATIONS;
const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values(type!.getFields());
const mutations = fieldsOf(schema.getMutationType()).map(({ name }) => name);
const queries = fieldsOf(schema.getQueryType());

const ofKinds = new Map<string, string>();
for (const noun of nounsOfKinds()) {
  for (const { name } of schema.getPossibleTypes(schema.getType(noun) as never)) ofKinds.set(name, noun);
}
/** The noun of a published type: several types have one where its rows have kinds. */
const nounOf = (type: string): string => ofKinds.get(type) ?? type;

const nouns = [
  ...new Set(schema.getPossibleTypes(schema.getType("Node") as never).map(({ name }) => nounOf(name))),
].sort();

const lists = rootLists(schema).map((field): [name: string, noun: string] => {
  const connection = getNamedType(field.type) as GraphQLObjectType;
  return [field.name, nounOf(getNamedType(connection.getFields().nodes!.type).name)];
});

let api: Api;
let own: Stage;
let superuser: Client;
let tables: string[];
let actors: Actor[];
/** Two applications that everybody sees who ever sees any. */
let applicationIds: string[];

beforeAll(async () => {
  api = await startApi();
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  tables = await walledTables(superuser, { except: ["access_log"] });
  own = await stage(api);
  actors = [...members(), ...(await keys())];
  applicationIds = [await takePart(), await takePart()];
  for (const actor of actors) await enterScorecard(actor);
  await sequence(api.database, own.company.organizationId);
});

afterAll(async () => {
  const list = Object.entries(tried).map(([what, count]) => `${count} ${what}`);
  process.stdout.write(`Permissions: ${actors.length} actors, ${list.join(", ")}\n`);
  await superuser.end();
  await api.close();
});

/** What was tried, for the reader. */
const tried: Record<string, number> = {};
const count = (what: string): void => {
  tried[what] = (tried[what] ?? 0) + 1;
};

const members = (): Actor[] =>
  ROLES.map((role) => {
    const member = own.company.people[PEOPLE[role]];
    return {
      name: role,
      id: member.id,
      signs: member,
      by: PEOPLE[role],
      isGranted: ({ roles }) => roles.includes(role),
    };
  });

/** A key of each scope, of none, of all, and for each row of the table one of all scopes that do not matter to it. */
async function keys(): Promise<Actor[]> {
  const rows: Grant[] = [...Object.values(MUTATION_GRANTS), ...Object.values(QUERIES), ...Object.values(TYPES)];
  const wanted = rows.flatMap(({ scopes }) => (scopes && scopes !== "ANY_KEY" ? [scopes] : []));
  const others = wanted.map((granted) =>
    SCOPES.filter((scope) => ![scope, ...BROUGHT[scope]].some((each) => granted.includes(each))),
  );
  const sets = [[], ...SCOPES.map((scope) => [scope]), [...SCOPES], ...others];
  const different = [...new Map(sets.map((scopes) => [scopes.join(" "), scopes])).values()];
  const made = [];
  for (const scopes of different) made.push(await keyActor(scopes));
  return made;
}

async function keyActor(scopes: readonly Scope[]): Promise<Actor> {
  const { id, secret } = await keyWith(own.company, scopes);
  const held = scopes.flatMap((scope) => [scope, ...BROUGHT[scope]]);
  return {
    name: `a key with ${scopes.join(" ") || "no scope"}`,
    id,
    signs: secret,
    by: "admin",
    isGranted: ({ scopes: granted = [] }) => granted === "ANY_KEY" || granted.some((scope) => held.includes(scope)),
  };
}

/** An application of whose only panel everybody sits, with all that is one's own. */
async function takePart(): Promise<string> {
  const company = await asking(own.company);
  const panel = Object.values(PEOPLE);
  const session = await interview(company, { panel });
  const questions = await allRows(
    company.as("admin").db,
    SessionQuestion,
    (bind) => `t.session_id = ${bind(session.id)}`,
  );
  for (const who of panel) {
    await submit(company, who, session, { "sql-query": 3 });
    await createCalendarAddress(company.as(who), { label: "Phone" });
    await writeQuestionNote(company.as(who), { sessionQuestionId: questions[0]!.id, text: "Asked back." });
  }
  return session.applicationId;
}

const isKey = (actor: Actor): actor is Actor & { signs: string } => typeof actor.signs === "string";

/** What a key that may do so writes for somebody: it sees that, whatever else it may read. */
async function enterScorecard(actor: Actor): Promise<void> {
  if (!isKey(actor) || !actor.isGranted(MUTATION_GRANTS.saveScorecard!)) return;
  const { company } = own;
  const { id: sessionId } = await interview(company, { panel: ["ann"] });
  const ratings = [{ criterionId: company.criterionIds["sql-query"], outcome: "NOT_OBSERVED" }];
  const input = { sessionId, interviewerId: company.people.ann.id, ratings };
  await api.ask(actor.signs, documentOf("saveScorecard"), { input });
}

const send = (actor: Actor, query: string, variables: object = {}): Promise<Answer> =>
  api.send(actor.signs, query, variables);

const written = () => everyRow(superuser, tables, [own.company.organizationId]);

const codesOf = ({ errors = [] }: Answer): string[] => errors.map(({ extensions }) => extensions.code);

describe("the table of permissions", () => {
  test("says of every mutation who may, and of nothing else", () => {
    expect(Object.keys(MUTATION_GRANTS).sort()).toEqual([...mutations].sort());
  });

  test("says of every noun who ever sees it", () => {
    expect(nouns.filter((noun) => !TYPES[noun])).toEqual([]);
  });

  test("says of every root field that is no list of a noun who may ask it, and of nothing else", () => {
    const listed = new Set(lists.map(([name]) => name));
    const others = queries.map(({ name }) => name).filter((name) => !listed.has(name) && !OPEN_ROOT_FIELDS.has(name));
    expect(others.filter((name) => !QUERIES[name])).toEqual([]);
    expect(Object.keys(QUERIES).filter((name) => !queries.some((query) => query.name === name))).toEqual([]);
    expect(lists.filter(([, noun]) => !TYPES[noun])).toEqual([]);
  });

  test("lets an administrator do everything, and leaves nothing to nobody", () => {
    const rows = Object.entries({ ...MUTATION_GRANTS, ...QUERIES, ...TYPES });
    expect(rows.filter(([, { roles }]) => !roles.includes("ADMIN")).map(([name]) => name)).toEqual([]);
  });
});

describe("a noun", () => {
  /** Every row of the organisation that is published, by noun. */
  async function idsOfNouns(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const noun of nouns) {
      const { tableName } = api.database.dataSource.entityMetadatas.find(({ name }) => name === noun)!;
      const key = noun === "Organization" ? "id" : "organization_id";
      const text = `select id from ${tableName} where ${key} = $1 order by id desc`;
      const { rows } = await superuser.query<{ id: string }>(text, [own.company.organizationId]);
      found.set(
        noun,
        rows.map(({ id }) => id),
      );
    }
    return found;
  }

  const MOST_IDS = 100;

  /** The ids of those rows that somebody finds by them. */
  async function seenBy(actor: Actor, ids: readonly string[]): Promise<string[]> {
    const seen: string[] = [];
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const part = ids.slice(from, from + MOST_IDS);
      const { data } = await send(actor, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: part });
      seen.push(...data.nodes.flatMap((node: { id: string } | null) => node?.id ?? []));
    }
    return seen;
  }

  test("is seen by those whom the table names, and by nobody else", async () => {
    const ids = await idsOfNouns();
    expect([...ids].filter(([, rows]) => rows.length === 0).map(([noun]) => noun)).toEqual([]);
    const all = [...ids.values()].flat();
    const wrong: string[] = [];
    for (const actor of actors) {
      const seen = new Set((await seenBy(actor, all)).map((id) => typeOfId(id)));
      for (const noun of nouns) {
        count("nouns looked for");
        if (seen.has(noun) !== actor.isGranted(TYPES[noun]!)) {
          wrong.push(`${actor.name} ${seen.has(noun) ? "sees" : "does not see"} any ${noun}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(tried["nouns looked for"]).toBe(nouns.length * actors.length);
    expect(tried["nouns looked for"]).toBeGreaterThanOrEqual(800);
  });

  test("is NOT_FOUND by its id for all others", async () => {
    const ids = await idsOfNouns();
    for (const noun of nouns) {
      for (const actor of actors.filter(({ isGranted }) => !isGranted(TYPES[noun]!))) {
        count("ids asked for in vain");
        const answer = await send(actor, "query ($id: ID!) { node(id: $id) { id } }", { id: ids.get(noun)![0] });
        expect({ noun, actor: actor.name, data: answer.data, codes: codesOf(answer) }).toEqual({
          noun,
          actor: actor.name,
          data: { node: null },
          codes: ["NOT_FOUND"],
        });
      }
    }
    expect(tried["ids asked for in vain"]).toBeGreaterThanOrEqual(300);
  });
});

describe("a list of the root", () => {
  test.each(lists)("%s holds rows of %s for whom the table names, and none for the others", async (name, noun) => {
    const wrong: unknown[] = [];
    for (const actor of actors) {
      count("lists read");
      const answer = await send(actor, `{ ${name}(first: 1) { nodes { id } totalCount } }`);
      const page = answer.data?.[name];
      const expected = actor.isGranted(TYPES[noun]!);
      const found = page && { rows: page.nodes.length > 0, counted: page.totalCount > 0 };
      if (found?.rows !== expected || found?.counted !== expected) {
        wrong.push({ actor: actor.name, expected, found, errors: answer.errors });
      }
    }
    expect(wrong).toEqual([]);
  });

  test("was read by everybody", () => {
    expect(tried["lists read"]).toBeGreaterThanOrEqual(340);
  });
});

describe("a root field that is no list", () => {
  /** What is asked, so that there is something to see for whoever may. */
  const ASKED: Record<string, () => { text: string; variables?: object }> = {
    viewer: () => ({ text: "{ viewer { organization { id } } }" }),
    node: () => ({
      text: "query ($id: ID!) { node(id: $id) { id } }",
      variables: { id: own.company.organizationId },
    }),
    nodes: () => ({
      text: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
      variables: { ids: [own.company.organizationId] },
    }),
    searchQuestions: () => ({ text: "{ searchQuestions { results(first: 1) { nodes { id } } } }" }),
    exportBank: () => ({ text: "{ exportBank { text } }" }),
    events: () => ({ text: "{ events(first: 3) { nodes { id } } }" }),
    compareApplications: () => ({
      text: "query ($ids: [ID!]!) { compareApplications(ids: $ids) { applications { application { id } } } }",
      variables: { ids: applicationIds },
    }),
  };

  /** No text, no list and no object in the answer is empty. */
  const isFull = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.length > 0 && value.every(isFull)
      : value !== null && typeof value === "object"
        ? Object.values(value).every(isFull)
        : value !== null && value !== "";

  test("is asked here as soon as it has a row of its own", () => {
    expect(Object.keys(ASKED).sort()).toEqual(Object.keys(QUERIES).sort());
  });

  test.each(Object.keys(ASKED))("%s answers whom the table names, and is FORBIDDEN to the others", async (name) => {
    const { text, variables } = ASKED[name]!();
    for (const actor of actors) {
      count("questions asked");
      const answer = await send(actor, text, variables);
      const isAllowed = actor.isGranted(QUERIES[name]!);
      expect({ actor: actor.name, codes: codesOf(answer), found: isFull(answer.data?.[name] ?? null) }).toEqual({
        actor: actor.name,
        codes: isAllowed ? [] : ["FORBIDDEN"],
        found: isAllowed,
      });
    }
  });
});

describe("a mutation", () => {
  async function fresh(name: string, actor: Actor): Promise<Input> {
    const input = await own.valid[name]![0]!(actor.by);
    const isOfScorecards = MUTATION_GRANTS[name] === MUTATION_GRANTS.saveScorecard;
    if (isOfScorecards && isKey(actor)) await asEnteredBy(superuser, actor.id, input);
    return input;
  }

  /** Actors of whom the log says since an instant that the mutation was refused to them. */
  async function refusedSince(instant: Date, name: string): Promise<string[]> {
    const { rows } = await superuser.query<{ id: string }>(
      `select actor_id as id from access_log
       where organization_id = $1 and created_at >= $2 and kind = 'REFUSED' and code = 'FORBIDDEN' and about like $3`,
      [own.company.organizationId, instant, `\`${name}\`%`],
    );
    return rows.map(({ id }) => id).sort();
  }

  /** How often the journal names somebody as who did it. */
  async function deedsOf({ id }: Actor): Promise<number> {
    const text = "select count(*)::int as n from journal_entries where organization_id = $1 and actor_id = $2";
    return (await superuser.query<{ n: number }>(text, [own.company.organizationId, id])).rows[0]!.n;
  }

  /** What is still being written is told by no journal. */
  const DRAFTS = ["saveScorecard", "writeQuestionNote"];

  const tracesOf = (actor: Actor, name: string) => (DRAFTS.includes(name) ? written() : deedsOf(actor));

  async function outcome(actor: Actor, name: string, input: Input) {
    count("calls of mutations");
    const answer = await send(actor, documentOf(name), { input });
    return {
      actor: actor.name,
      data: answer.data,
      codes: codesOf(answer),
      paths: answer.errors?.map(({ path }) => path),
    };
  }

  test.each(mutations)("%s does what it is for, for whom the table names, and nothing for the others", async (name) => {
    const grant = MUTATION_GRANTS[name]!;
    const allowed = actors.filter(({ isGranted }) => isGranted(grant));
    const others = actors.filter(({ isGranted }) => !isGranted(grant));
    const input = await fresh(name, allowed[0]!);

    const before = await written();
    // The log tells the same words once a minute: a query of the same name was refused above, within it or not.
    const isNameOfTwo = name in QUERIES;
    const start = isNameOfTwo ? new Date(0) : new Date();
    const refused = await Promise.all(others.map((actor) => outcome(actor, name, input)));
    expect(refused).toEqual(
      others.map(({ name: actor }) => ({ actor, data: null, codes: ["FORBIDDEN"], paths: [[name]] })),
    );
    expect(await written()).toEqual(before);
    const logged = await refusedSince(start, name);
    expect(isNameOfTwo ? [...new Set(logged)] : logged).toEqual(others.map(({ id }) => id).sort());

    for (const actor of allowed) {
      const theirs = actor === allowed[0] ? input : await fresh(name, actor);
      const earlier = await tracesOf(actor, name);
      const { data, codes } = await outcome(actor, name, theirs);
      expect({ actor: actor.name, codes, faults: data?.[name].userErrors }).toEqual({
        actor: actor.name,
        codes: [],
        faults: [],
      });
      expect(await tracesOf(actor, name)).not.toEqual(earlier);
    }
  });

  test("was tried by everybody", () => {
    expect(tried["calls of mutations"]).toBe(mutations.length * actors.length);
    expect(tried["calls of mutations"]).toBeGreaterThanOrEqual(1200);
  });
});
