import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
} from "graphql";
import { Client } from "pg";
import { type Grant, MUTATIONS, QUERIES, TYPES } from "../../src/identity/permission.rules";
import { SCOPES } from "../../src/identity/viewer.rules";
import { COST_LIMITS } from "../../src/platform/graphql/limits";
import { nounsOfKinds, typeNameOf } from "../../src/platform/graphql/node";
import { newId, typeOfId } from "../../src/platform/ids";
import { schema } from "../../src/server";
import type { Company, Person } from "../cast/company";
import { asEnteredBy, type CastKey, keyWith } from "../cast/keys";
import { actorOf, documentOf, inputWith, outcomeOf, type Stage, stage } from "../cast/valid-inputs";
import { type Answer, type Api, type Signer, startApi } from "../support/api";
import { superuserUrl } from "../support/database";
import { changed, leafAt, ofType, type Place, placesOf, valueAt } from "../support/input-places";
import { type ListWay, listWays } from "../support/list-ways";
import { isPaged, nameOf, pathsFrom, plainSelection, rootLists, stepsFrom, walking } from "../support/operations";
import { everyRow, walledTables } from "../support/rows";

jest.setTimeout(60_000);

/*
 * Two organisations with the same cast. Wherever ours takes an id, one of theirs is as if it had never been; and whatever
 * we reach from our rows is ours.
 */

interface Side extends Stage {
  key: CastKey;
  /** Published type, or noun of several types -> ids of its rows, the newest first. */
  ids: Map<string, string[]>;
}

/** The limit of an operation is another guard's; here long ones find more. */
const LONG = { ...COST_LIMITS, most: 1e9, capacity: 1e12, restoredPerSecond: 1e12 };

/** What is somebody's own is Ann's. */
const OWN = ["QuestionNote", "CalendarAddress"];

const queryFields = Object.values(schema.getQueryType()!.getFields());
const nouns = schema.getPossibleTypes(schema.getType("Node") as never).map(({ name }) => name);
const nounOf = (type: string): string => {
  const kinds = [...nounsOfKinds()].find((noun) =>
    schema.getPossibleTypes(schema.getType(noun) as never).some(({ name }) => name === type),
  );
  return kinds ?? type;
};

let api: Api;
let superuser: Client;
let tables: string[];
let ours: Side;
let theirs: Side;

beforeAll(async () => {
  // Most operations are sent once or twice: compiling each would take longer than executing it.
  api = await startApi({ limits: LONG, jit: false });
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  tables = await walledTables(superuser);
  [ours, theirs] = [await side(), await side()];
});

afterAll(async () => {
  const list = Object.entries(tried).map(([what, count]) => `${count} ${what}`);
  process.stdout.write(`Another organisation: ${list.join(", ")}\n`);
  await superuser.end();
  await api.close();
});

/** What was found and tried, for the reader. */
const tried: Record<string, number> = {};
const count = (what: string, by = 1): void => {
  tried[what] = (tried[what] ?? 0) + by;
};

async function side(): Promise<Side> {
  const staged = await stage(api);
  const key = await keyWith(staged.company, SCOPES);
  return { ...staged, key, ids: await idsOf(staged.company) };
}

async function idsOf({ organizationId }: Company): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>(nouns.map((noun) => [noun, []]));
  for (const noun of new Set(nouns.map(nounOf))) {
    const { tableName } = api.database.dataSource.entityMetadatas.find(({ name }) => name === noun)!;
    const key = noun === "Organization" ? "id" : "organization_id";
    const { rows } = await superuser.query(`select * from ${tableName} where ${key} = $1 order by id desc`, [
      organizationId,
    ]);
    for (const row of rows) found.get(typeNameOf(row)!)!.push(row.id);
    found.set(
      noun,
      rows.map(({ id }) => id),
    );
  }
  return found;
}

/** All that is written of theirs, the log of who came and went too. */
const writtenOfTheirs = () => everyRow(superuser, tables, [theirs.company.organizationId]);

/** Those of ours who try: as much as a member and as a program may do. */
const ACTORS = ["ADMIN", "key"] as const;
type Actor = (typeof ACTORS)[number];

const signs = (actor: Actor, { company: { people }, key }: Side, person: Person = "admin"): Signer | string =>
  actor === "key" ? key.secret : people[person];

const isForKeys = (grant: Grant | undefined): boolean => !grant || grant.scopes !== undefined;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const uuidsIn = (value: unknown): string[] => JSON.stringify(value ?? null).match(UUID) ?? [];

/** What was answered, with other words for an id. */
const without = (id: string, { status, data, errors = [] }: Answer): Answer =>
  JSON.parse(JSON.stringify({ status, data, errors }).replaceAll(id, "<id>"));

/** What one and the other id are answered, which must be the same in all but the id. */
async function sameFor(foreign: string, never: string, ask: (id: string) => Promise<Answer>): Promise<Answer> {
  const [refused, unknown] = [without(foreign, await ask(foreign)), without(never, await ask(never))];
  expect(refused).toEqual(unknown);
  return refused;
}

const codesOf = ({ errors = [] }: Answer): string[] => errors.map(({ extensions }) => extensions.code);

describe("the two organisations", () => {
  test("have rows of every type", () => {
    for (const { ids } of [ours, theirs]) {
      expect([...ids].filter(([, rows]) => rows.length === 0).map(([type]) => type)).toEqual([]);
    }
  });
});

describe("an id of an input", () => {
  const places = ofType("ID");
  const grants: Readonly<Record<string, Grant>> = MUTATIONS;

  /** The session's rubric decides what can be rated, so that an unknown criterion can be told from a hidden one by nobody. */
  const OTHER_REFUSAL: Record<string, string> = {
    "amendScorecard.ratings.0.criterionId": "CRITERION_NOT_RATED_HERE",
    "saveScorecard.ratings.0.criterionId": "CRITERION_NOT_RATED_HERE",
    // One item fails, and the others go through.
    "upsertJobs.items.0.profileVersionId": "REFERENCE_UNKNOWN",
  };

  const actorsFor = (mutation: string): Actor[] =>
    ACTORS.filter((actor) => actor !== "key" || isForKeys(grants[mutation]));

  async function inputFor(actor: Actor, place: Place): Promise<object> {
    if (actor !== "key") return inputWith(ours, place);
    const input = (await inputWith(ours, place, "admin")) as Record<string, unknown>;
    if (grants[place.mutation] === grants.saveScorecard) await asEnteredBy(superuser, ours.key.id, input);
    return input;
  }

  async function attempt(actor: Actor, mutation: string, input: unknown): Promise<Answer> {
    count("calls of mutations");
    return api.send(signs(actor, ours, actorOf(mutation)), documentOf(mutation), { input });
  }

  test.each(places)("%s takes ours, and theirs is like one that never was", async (name, place) => {
    const { mutation, path } = place;
    const foreign = leafAt(await inputWith(theirs, place), place) as string;
    const never = newId(typeOfId(foreign)!);
    const before = await writtenOfTheirs();
    for (const actor of actorsFor(mutation)) {
      count("places in inputs");
      const input = await inputFor(actor, place);
      const refused = await sameFor(foreign, never, (id) =>
        attempt(actor, mutation, changed(input, path, valueAt(place, id))),
      );
      if (OTHER_REFUSAL[name]) {
        const fault = { code: OTHER_REFUSAL[name], field: path };
        expect(outcomeOf(refused, mutation)).toMatchObject({ payload: { userErrors: [fault] } });
      } else {
        expect(refused).toMatchObject({
          data: null,
          errors: [{ path: [mutation], message: expect.stringContaining("<id>"), extensions: { code: "NOT_FOUND" } }],
        });
      }
      const { payload, errors } = outcomeOf(await attempt(actor, mutation, input), mutation);
      expect({ actor, errors, faults: payload?.userErrors }).toEqual({ actor, errors: undefined, faults: [] });
    }
    expect(await writtenOfTheirs()).toEqual(before);
  });

  test("stands in many places", () => {
    expect(places.length).toBeGreaterThanOrEqual(70);
    expect(tried["places in inputs"]).toBeGreaterThanOrEqual(places.length + 15);
  });
});

describe("an id of node and nodes", () => {
  const node = (who: Signer | string, id: string) =>
    api.send(who, "query ($id: ID!) { node(id: $id) { __typename id } }", { id });
  const nodes = (who: Signer | string, ids: string[]) =>
    api.send(who, "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids });

  test.each(nouns)("%s: ours is found, theirs is like one that never was", async (type) => {
    for (const actor of ACTORS) {
      if (actor === "key" && !isForKeys(TYPES[nounOf(type)])) continue;
      count("types by id");
      const who = signs(actor, ours, OWN.includes(type) ? "ann" : "admin");
      const { data } = await nodes(who, ours.ids.get(type)!.slice(0, 100));
      const own = data.nodes.find((each: object | null) => each).id as string;
      expect((await node(who, own)).data).toEqual({ node: { __typename: type, id: own } });
      const never = newId(nounOf(type));
      for (const foreign of theirs.ids.get(type)!.slice(0, 3)) {
        expect(await sameFor(foreign, never, (id) => node(who, id))).toMatchObject({
          data: { node: null },
          errors: [{ path: ["node"], extensions: { code: "NOT_FOUND" } }],
        });
        expect((await nodes(who, [foreign, own, never])).data).toEqual({
          nodes: [null, { __typename: type, id: own }, null],
        });
      }
    }
  });

  test("not one row of theirs is found among all their ids", async () => {
    const all = [...new Set([...theirs.ids.values()].flat())];
    for (const actor of ACTORS) {
      for (let from = 0; from < all.length; from += 100) {
        const { data } = await nodes(signs(actor, ours), all.slice(from, from + 100));
        expect(data.nodes.filter(Boolean)).toEqual([]);
      }
      count("rows of theirs asked for", all.length);
    }
  });
});

describe("an id of an argument of the root", () => {
  type Argument = GraphQLArgument | GraphQLInputField;

  const placesIn = (field: string, arg: Argument): Place[] =>
    isInputObjectType(getNamedType(arg.type))
      ? placesOf(field, getNamedType(arg.type) as never, [arg.name])
      : [{ mutation: field, path: [arg.name], field: arg as GraphQLInputField }];

  const places = queryFields
    .filter(({ name }) => !["node", "nodes"].includes(name))
    .flatMap(({ name, args }) => args.flatMap((arg) => placesIn(name, arg)))
    .filter(({ field }) => getNamedType(field.type).name === "ID")
    .map((place) => [`${place.mutation}(${place.path.join(".")})`, place] as const);

  const isFilter = ({ path }: Place): boolean => path.length > 1;

  /** Leaves, pages and what has no id, one level deep. */
  function brief(type: GraphQLNamedType, depth = 2): string {
    const inner = stepsFrom(type).map((step) => {
      if (isPaged(step)) return `${step.name} { nodes { id } totalCount }`;
      return depth > 0 ? `${step.name} { ${brief(getNamedType(step.type), depth - 1)} }` : "";
    });
    return [plainSelection(type), ...inner].join(" ");
  }

  function ask({ mutation: name, path }: Place, value: unknown, who: Signer | string): Promise<Answer> {
    count("questions with an id");
    const field = queryFields.find((each) => each.name === name)!;
    const arg = field.args.find((each) => each.name === path[0])!;
    const selection = isPaged(field) ? "nodes { id } totalCount" : brief(getNamedType(field.type));
    const given = path.slice(1).reduceRight((inner, key) => (key === "0" ? [inner] : { [key]: inner }), value);
    const text = `query ($value: ${arg.type}) { ${name}(${arg.name}: $value) { ${selection} } }`;
    return api.send(who, text, { value: given });
  }

  const takesSeveral = ({ field }: Place): boolean => isListType(getNullableType(field.type));

  /** As the place takes it. An argument that takes several wants two: the first is ours and right. */
  function valueFor(place: Place, id: string, beside: string): unknown {
    if (!takesSeveral(place)) return id;
    return isFilter(place) ? [id] : [beside, id];
  }

  const MOST_TRIES = 30;

  /** Ids of our rows of a type that the place accepts: of a filter, one by which it finds something. */
  async function acceptedOf(place: Place, type: string): Promise<[id: string, beside: string] | null> {
    const ids = ours.ids.get(type)!.slice(0, MOST_TRIES);
    for (const [index, id] of ids.entries()) {
      const beside = ids[index + 1] ?? id;
      const answer = await ask(place, valueFor(place, id, beside), ours.company.people.admin);
      if (codesOf(answer).some((code) => /TYPE|INPUT/.test(code))) return null;
      if (answer.errors === undefined && (!isFilter(place) || uuidsIn(answer.data).length > 0)) return [id, beside];
    }
    return null;
  }

  test.each(places)("%s takes ours, and theirs is like one that never was", async (_, place) => {
    const before = await writtenOfTheirs();
    const accepted: string[] = [];
    for (const type of nouns) {
      const own = await acceptedOf(place, type);
      if (!own) continue;
      accepted.push(type);
      const foreign = theirs.ids.get(type)![0]!;
      const never = newId(nounOf(type));
      for (const actor of ACTORS.filter((each) => each !== "key" || isForKeys(QUERIES[place.mutation]))) {
        count("places in arguments, by type");
        const who = signs(actor, ours);
        const found = await ask(place, valueFor(place, ...own), who);
        expect({ actor, errors: found.errors }).toEqual({ actor, errors: undefined });
        const refused = await sameFor(foreign, never, (id) => ask(place, valueFor(place, id, own[1]), who));
        expect({ found: uuidsIn(refused.data), codes: codesOf(refused) }).toEqual({
          found: [],
          codes: isFilter(place) ? [] : ["NOT_FOUND"],
        });
      }
    }
    expect(accepted).not.toEqual([]);
    expect(await writtenOfTheirs()).toEqual(before);
  });

  test("stands in many places, and in no argument further in", () => {
    expect(places.length).toBeGreaterThanOrEqual(18);
    const deeper = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .filter(({ name }) => !["Query", "Mutation"].includes(name) && !name.startsWith("__"))
      .flatMap((type) =>
        Object.values(type.getFields()).flatMap(({ name, args }) => args.map((arg) => ({ type, name, arg }))),
      )
      .filter(({ arg }) => getNamedType(arg.type).name === "ID" || isInputObjectType(getNamedType(arg.type)))
      .map(({ type, name, arg }) => `${type.name}.${name}(${arg.name})`);
    expect(deeper).toEqual([]);
  });
});

describe("a cursor", () => {
  const ways = listWays(schema).map((way) => [way.name, way] as const);

  interface Page {
    edges: { cursor: string }[];
    nodes: { id: string }[];
  }

  function pageIn(value: unknown): Page | null {
    if (value === null || typeof value !== "object") return null;
    if ("edges" in value) return value as Page;
    return Object.values(value).map(pageIn).find(Boolean) ?? null;
  }

  const MOST_PARENTS = 100;

  async function read(way: ListWay, who: Signer | string, parent: string | null, order: string | null, args: string) {
    count("pages read");
    const list = way.asking(order, args);
    const text = parent ? `{ node(id: "${parent}") { ... on ${way.parent} { ${list} } } }` : `{ ${list} }`;
    const { data, errors } = await api.send(who, text);
    return { errors, page: pageIn(data) };
  }

  /** A parent whose list has rows, and who sees them; null as parent for what the root leads to. */
  async function filled(way: ListWay, { company: { people }, ids }: Side) {
    for (const person of ["admin", "ann"] as const) {
      const parents = way.parent ? ids.get(way.parent)!.slice(0, MOST_PARENTS) : [];
      const list = way.asking(way.orders[0]!, "first: 1");
      const text = way.parent
        ? `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${way.parent} { ${list} } } }`
        : `{ ${list} }`;
      const { data } = await api.send(people[person], text, way.parent ? { ids: parents } : {});
      const pages: (Page | null)[] = way.parent ? data.nodes.map(pageIn) : [pageIn(data)];
      const index = pages.findIndex((page) => page?.nodes.length);
      if (index >= 0) return { who: people[person], parent: parents[index] ?? null };
    }
    return null;
  }

  /** The same place of an order, by the id of a row that never was. */
  function ofNobody(cursor: string): string {
    const place = JSON.parse(Buffer.from(cursor, "base64url").toString()) as string[];
    const id = place.at(-1)!;
    const other = `${id.slice(0, -6)}${id.endsWith("000000") ? "000001" : "000000"}`;
    return Buffer.from(JSON.stringify([...place.slice(0, -1), other])).toString("base64url");
  }

  const unfilled: string[] = [];

  test.each(ways)("of %s: theirs leads to nothing but ours, like one that never was", async (name, way) => {
    const [own, foreign] = [await filled(way, ours), await filled(way, theirs)];
    if (!own || !foreign) {
      unfilled.push(name);
      return;
    }
    for (const order of way.orders) {
      count("orders of lists");
      const { page } = await read(way, foreign.who, foreign.parent, order, "first: 1");
      const { cursor } = page!.edges[0]!;
      for (const args of ["first: 50, after: ", "last: 50, before: "]) {
        const [theirPlace, nobodys] = await Promise.all(
          [cursor, ofNobody(cursor)].map((each) => read(way, own.who, own.parent, order, `${args}"${each}"`)),
        );
        expect(theirPlace).toEqual(nobodys);
        expect(theirPlace!.errors).toBeUndefined();
        const known = new Set(page!.nodes.map(({ id }) => id));
        expect(theirPlace!.page!.nodes.filter(({ id }) => known.has(id) || isTheirs(id))).toEqual([]);
      }
    }
  });

  const isTheirs = (id: string): boolean => (theirs.ids.get(typeOfId(id)!) ?? []).includes(id);

  test("of many lists, all of which have rows", () => {
    expect(unfilled).toEqual([]);
    expect(tried["orders of lists"]).toBeGreaterThanOrEqual(40);
  });
});

describe("whatever is reached from our rows", () => {
  const DEPTH = 3;
  const roots = [...rootLists(schema), schema.getQueryType()!.getFields().viewer!];
  const paths = roots.flatMap((root) => pathsFrom(root, DEPTH));

  /** Every id that stands in a row of the organisation. */
  async function idsWritten({ company: { organizationId } }: Side): Promise<Set<string>> {
    const found = new Set<string>();
    for (const table of tables) {
      const { rows } = await superuser.query<{ text: string }>(
        `select t::text as text from ${table} t where organization_id = $1`,
        [organizationId],
      );
      for (const { text } of rows) for (const id of text.match(UUID) ?? []) found.add(id);
    }
    return found;
  }

  test.each(ACTORS)("is ours, as %s", async (actor) => {
    const reached = new Set<string>();
    const failed: unknown[] = [];
    for (const path of paths) {
      count("paths walked");
      const query = walking(path);
      const { data, errors } = await api.send(signs(actor, ours), query, query.includes("$first") ? { first: 4 } : {});
      if (errors) failed.push({ path: nameOf(path), errors });
      for (const id of uuidsIn(data)) reached.add(id);
    }
    count("ids reached", reached.size);
    // Only now: whoever comes in is written down.
    const [own, foreign] = [await idsWritten(ours), await idsWritten(theirs)];
    expect(failed).toEqual([]);
    expect([...reached].filter((id) => foreign.has(id))).toEqual([]);
    expect([...reached].filter((id) => !own.has(id))).toEqual([]);
    expect(new Set([...reached].map(typeOfId)).size).toBeGreaterThanOrEqual(actor === "key" ? 28 : 32);
    expect(reached.size).toBeGreaterThanOrEqual(actor === "key" ? 250 : 300);
  });

  test("is much", () => {
    expect(paths.length).toBeGreaterThanOrEqual(550);
  });
});

describe("what they sign with", () => {
  async function enter(token: string, organization?: string) {
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        ...(organization ? { "x-assay-organization": organization } : {}),
      },
      body: JSON.stringify({ query: "{ viewer { organization { id } } members(first: 1) { nodes { id } } }" }),
    });
    return (await response.json()) as Answer;
  }

  const TOKENS: Record<string, () => Promise<string> | string> = {
    key: () => theirs.key.secret,
    token: () => api.tokenOf(theirs.company.people.admin),
    "token that names no organisation": () =>
      api.tokenOf({ ...theirs.company.people.admin, organizationId: undefined as never }),
  };

  test.each(Object.keys(TOKENS))("a %s opens their house, and with our header nothing", async (what) => {
    const token = await TOKENS[what]!();
    const { organizationId: here } = ours.company;
    const { organizationId: there } = theirs.company;
    for (const header of [undefined, there]) {
      expect((await enter(token, header)).data?.viewer).toEqual({ organization: { id: there } });
    }
    const refused = await enter(token, here);
    expect(refused.data).toBeNull();
    expect(new Set(codesOf(refused))).toEqual(new Set(["UNAUTHENTICATED"]));
  });
});

describe("a statement of theirs", () => {
  /** What the server's login cannot read at all, see walls.test.ts. */
  const CLOSED = ["journal_backlog", "member_emails", "organization_directory", "question_search"];

  test("reads no row of ours in any table", async () => {
    const { rows } = await superuser.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')",
    );
    const names = rows.map(({ name }) => name).filter((name) => name !== "migrations");
    const { organizationId: here } = ours.company;
    const read = async (as: string, table: string) => {
      const text = `select to_jsonb(t)::text like '%${here}%' as ours from ${table} t`;
      return api.database.read<{ ours: boolean }>(as, text, []).catch(({ code }) => code as string);
    };
    const denied: string[] = [];
    for (const table of names) {
      const [told, toldUs] = [await read(theirs.company.organizationId, table), await read(here, table)];
      if (typeof told === "string") denied.push(told === "42501" ? table : `${table}: ${told}`);
      else {
        count("tables read");
        expect({ table, found: told.filter((row) => row.ours).length }).toEqual({ table, found: 0 });
        expect({ table, isFilled: toldUs.length > 0 || UNUSED.includes(table) }).toEqual({ table, isFilled: true });
      }
    }
    expect(denied.sort()).toEqual(CLOSED);
    expect(tried["tables read"]).toBeGreaterThanOrEqual(45);
  });

  /** Filled by the dispatcher, which tests of the journal start. */
  const UNUSED = ["journal_cursors", "journal_positions"];
});
