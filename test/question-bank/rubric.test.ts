import { allRows } from "../../src/platform/db/reader";
import { PUBLICATION_MOVES, type PublicationState } from "../../src/question-bank/publication.rules";
import { Rubric } from "../../src/question-bank/rubric.entity";
import { addRubrics, addRubricVersion } from "../../src/question-bank/rubric-version.actions";
import { type Company, company, type Person } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
type Anything = any;

jest.setTimeout(30_000);

let api: Api;
let firm: Company;
let made = 0;

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
});

afterAll(() => api.close());

const sql = (text: string, values: unknown[] = []): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

const RUBRIC = `id name externalKey version versions { nodes { id number state
  skills { slug } authors { name } criteria { stableId key name weight scaleMin scaleMax gateMin gateRule skill { slug }
  anchors { value label behaviour } } } }`;

/** The rubric after a mutation, and what was refused, as "CODE at path". */
async function act(who: Person, mutation: string, input: object) {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { rubric { ${RUBRIC} } userErrors { code field message } } }`;
  const { data, errors } = await api.send(firm.people[who], query, { input });
  const { rubric = null, userErrors = [] } = data?.[mutation] ?? {};
  const told = userErrors.map(({ code, field }: Anything) => (field ? `${code} at ${field.join(".")}` : code));
  const messages = userErrors.map(({ message }: Anything) => message);
  return { rubric, codes: [...(errors ?? []).map(({ extensions }) => extensions.code), ...told], messages };
}

/** The rubric after a mutation that must succeed. */
async function done(who: Person, mutation: string, input: object): Promise<Anything> {
  const { rubric, codes } = await act(who, mutation, input);
  expect({ mutation, codes }).toEqual({ mutation, codes: [] });
  return rubric;
}

const criterion = (change: object = {}) => ({
  key: "joins",
  name: "Joins",
  skillId: firm.skillIds.sql,
  weight: 1,
  scaleMin: 1,
  scaleMax: 3,
  anchors: [1, 2, 3].map((value) => ({ value, label: `L${value}`, behaviour: `Does ${value} of it.` })),
  ...change,
});

const create = (who: Person, change: object = {}) =>
  done(who, "createRubric", { name: `Rubric ${++made}`, criteria: [criterion()], ...change });

const at = ({ id, version }: Anything) => ({ id, version });

const edit = (who: Person, rubric: Anything, change: object = {}) =>
  done(who, "editRubric", { ...at(rubric), name: rubric.name, criteria: [criterion()], ...change });

const requestReview = (who: Person, rubric: Anything) => done(who, "requestRubricReview", at(rubric));

async function publish(rubric: Anything): Promise<Anything> {
  return done("bob", "reviewRubric", { ...at(await requestReview("ann", rubric)), verdict: "APPROVED" });
}

/** Newest first. */
const statesOf = (rubric: Anything) => rubric.versions.nodes.map(({ number, state }: Anything) => `${number} ${state}`);

const journalOf = async ({ id }: { id: string }): Promise<string[]> =>
  (await sql("select type from journal_entries where object_id = $1 order by sequence", [id])).map(({ type }) => type);

/** What is stored of the newest version, to see that nothing was half-written. */
const partsOf = async ({ id }: { id: string }) =>
  sql(
    `select v.number, v.state, c.key, c.stable_id, a.value from rubric_versions v
     left join criteria c on c.rubric_version_id = v.id left join anchors a on a.criterion_id = c.id
     where v.rubric_id = $1 order by 1, 3, 5`,
    [id],
  );

test("a rubric is written, handed in, published by somebody else, edited, published again and retired", async () => {
  const written = await create("ann", { externalKey: "sql-rubric" });
  expect(written).toMatchObject({
    externalKey: "sql-rubric",
    version: 1,
    versions: { nodes: [{ number: 1, state: "DRAFT", skills: [{ slug: "sql" }], authors: [{ name: "ann" }] }] },
  });
  const published = await publish(written);
  expect(statesOf(published)).toEqual(["1 READY"]);
  const edited = await edit("ann", published, { name: "SQL, anew", criteria: [criterion({ weight: 5 })] });
  expect(edited).toMatchObject({ name: "SQL, anew", externalKey: "sql-rubric", version: 4 });
  expect(statesOf(edited)).toEqual(["2 DRAFT", "1 READY"]);
  expect(edited.versions.nodes.map(({ criteria }: Anything) => criteria[0].weight)).toEqual([5, 1]);
  const again = await publish(edited);
  expect(statesOf(again)).toEqual(["2 READY", "1 RETIRED"]);
  const retired = await done("bob", "retireRubric", at(again));
  expect(statesOf(retired)).toEqual(["2 RETIRED", "1 RETIRED"]);
  const third = await edit("ann", retired);
  expect(statesOf(await done("ann", "discardRubricDraft", at(third)))).toEqual(["3 RETIRED", "2 RETIRED", "1 RETIRED"]);
  expect(await journalOf(written)).toEqual([
    "rubric.created",
    "rubric.review_requested",
    "rubric.published",
    "rubric.updated",
    "rubric.review_requested",
    "rubric.published",
    "rubric.retired",
    "rubric.updated",
    "rubric.draft_discarded",
  ]);
});

describe("a draft", () => {
  test("is rewritten by an edit, as the same version, and whoever edits is an author from then on", async () => {
    const written = await create("ann", { criteria: [criterion(), criterion({ key: "plans" })] });
    const edited = await edit("bob", written, {
      skillIds: [firm.skillIds.rest, firm.skillIds.sql],
      criteria: [
        criterion({ key: "verbs", skillId: firm.skillIds.rest, gate: { min: 2, rule: "ANY" } }),
        criterion({ weight: 7 }),
      ],
    });
    expect(edited.versions.nodes).toMatchObject([
      {
        id: written.versions.nodes[0].id,
        number: 1,
        state: "DRAFT",
        skills: [{ slug: "rest" }, { slug: "sql" }],
        authors: [{ name: "ann" }, { name: "bob" }],
        criteria: [
          { key: "verbs", gateMin: 2, gateRule: "ANY", anchors: [{ value: 1 }, { value: 2 }, { value: 3 }] },
          { key: "joins", weight: 7, gateMin: null },
        ],
      },
    ]);
    expect((await edit("bob", edited)).versions.nodes[0].authors).toEqual([{ name: "ann" }, { name: "bob" }]);
  });

  test("that is returned is a draft again", async () => {
    const handedIn = await requestReview("ann", await create("ann"));
    const returned = await done("bob", "reviewRubric", { ...at(handedIn), verdict: "RETURNED" });
    expect(statesOf(returned)).toEqual(["1 DRAFT"]);
    expect((await journalOf(returned)).at(-1)).toBe("rubric.returned");
    expect(statesOf(await edit("ann", returned))).toEqual(["1 DRAFT"]);
  });

  test("keeps what it said when its edit is refused", async () => {
    const written = await create("ann");
    const before = await partsOf(written);
    const faulty = { ...at(written), name: written.name, criteria: [criterion(), criterion()] };
    expect((await act("ann", "editRubric", faulty)).codes).toEqual(["RUBRIC_UNUSABLE at criteria.1.key"]);
    const taken = { ...at(written), name: "Back-end interview", criteria: [criterion({ key: "other" })] };
    expect((await act("ann", "editRubric", taken)).codes).toEqual(["ALREADY_EXISTS at name"]);
    expect(await partsOf(written)).toEqual(before);
  });
});

describe("nobody reviews what they wrote", () => {
  test.each<[Person, string[]]>([
    ["ann", ["OWN_WORK"]],
    ["bob", ["OWN_WORK"]],
    ["cyd", []],
    ["auditor", ["FORBIDDEN"]],
  ])("%s, of a rubric that ann wrote and bob edited: %j", async (who, expected) => {
    const handedIn = await requestReview("cyd", await edit("bob", await create("ann")));
    for (const verdict of ["RETURNED", "APPROVED"]) {
      const { codes } = await act(who, "reviewRubric", { ...at(handedIn), verdict });
      expect(codes).toEqual(expected);
      if (expected.length === 0) return;
    }
  });

  test("whoever wrote an earlier version only may review", async () => {
    const first = await publish(await create("ann"));
    const second = await requestReview("cyd", await edit("cyd", first));
    expect(statesOf(await done("ann", "reviewRubric", { ...at(second), verdict: "APPROVED" }))).toEqual([
      "2 READY",
      "1 RETIRED",
    ]);
  });
});

describe("moves", () => {
  const into: Record<PublicationState, () => Promise<Anything>> = {
    DRAFT: () => create("ann"),
    IN_REVIEW: async () => requestReview("ann", await create("ann")),
    READY: async () => publish(await create("ann")),
    RETIRED: async () => done("ann", "retireRubric", at(await publish(await create("ann")))),
  };
  const moves: [string, PublicationState, object][] = [
    ["requestRubricReview", "IN_REVIEW", {}],
    ["reviewRubric", "READY", { verdict: "APPROVED" }],
    ["reviewRubric", "DRAFT", { verdict: "RETURNED" }],
  ];

  describe.each(Object.keys(into) as PublicationState[])("from %s", (from) => {
    test.each(moves)("%s to %s", async (mutation, to, verdict) => {
      const rubric = await into[from]();
      const { rubric: next, codes } = await act("bob", mutation, { ...at(rubric), ...verdict });
      const isListed = PUBLICATION_MOVES[from].includes(to);
      expect({ codes, next: next && statesOf(next) }).toEqual(
        isListed ? { codes: [], next: [`1 ${to}`] } : { codes: ["ILLEGAL_MOVE"], next: null },
      );
    });

    test.each([
      ["retireRubric", "READY"],
      ["discardRubricDraft", "DRAFT"],
    ])("%s is for what is %s", async (mutation, state) => {
      const rubric = await into[from]();
      const { rubric: next, codes } = await act("bob", mutation, at(rubric));
      expect({ codes, next: next && statesOf(next) }).toEqual(
        from === state ? { codes: [], next: ["1 RETIRED"] } : { codes: ["ILLEGAL_MOVE"], next: null },
      );
    });

    test("an edit is for what is not IN_REVIEW", async () => {
      const rubric = await into[from]();
      const { codes } = await act("ann", "editRubric", { ...at(rubric), name: rubric.name, criteria: [criterion()] });
      expect(codes).toEqual(from === "IN_REVIEW" ? ["ILLEGAL_MOVE"] : []);
    });
  });

  test.each(["editRubric", "requestRubricReview", "reviewRubric", "retireRubric", "discardRubricDraft"])(
    "%s of a version that somebody else changed is stale",
    async (mutation) => {
      const rubric = await create("ann");
      const more = mutation === "editRubric" ? { name: rubric.name, criteria: [criterion()] } : {};
      const verdict = mutation === "reviewRubric" ? { verdict: "APPROVED" } : {};
      const { codes } = await act("bob", mutation, { id: rubric.id, version: 2, ...more, ...verdict });
      expect(codes).toEqual(["STALE_VERSION at version"]);
    },
  );

  test.each<[Person, boolean]>([
    ["admin", true],
    ["recruiter", true],
    ["hiringManager", true],
    ["ann", true],
    ["auditor", false],
  ])("%s may write rubrics: %s", async (who, may) => {
    const { codes } = await act(who, "createRubric", { name: `By ${who}`, criteria: [criterion()] });
    expect(codes).toEqual(may ? [] : ["FORBIDDEN"]);
  });
});

describe("READY asks for", () => {
  const handIn = async (change: object) => act("ann", "requestRubricReview", at(await create("ann", change)));

  test("everything at once, by name and place", async () => {
    const anchors = [{ value: 1, label: "Weak", behaviour: "Needs help." }];
    const skillIds = [firm.skillIds.sql, firm.skillIds.ds];
    const { codes, messages } = await handIn({
      skillIds,
      criteria: [criterion({ weight: 0 }), criterion({ key: "plans", name: "Reads plans", weight: 0, anchors })],
    });
    expect(codes).toEqual([
      "RUBRIC_UNFINISHED at criteria.1.anchors",
      "RUBRIC_UNFINISHED at criteria",
      "RUBRIC_UNFINISHED at skillIds.1",
    ]);
    expect(messages[0]).toContain('"Reads plans" (plans) does not say what an interviewer can observe at 2 to 3');
    expect(messages[2]).toContain('"DS"');
  });

  test("the same of whoever approves, should the draft have come past the request", async () => {
    const rubric = await requestReview("ann", await create("ann"));
    await sql(
      "delete from anchors where value = 2 and criterion_id in (select id from criteria where rubric_version_id = $1)",
      [rubric.versions.nodes[0].id],
    );
    const { codes } = await act("bob", "reviewRubric", { ...at(rubric), verdict: "APPROVED" });
    expect(codes).toEqual(["RUBRIC_UNFINISHED at criteria.0.anchors"]);
    expect((await act("bob", "reviewRubric", { ...at(rubric), verdict: "RETURNED" })).codes).toEqual([]);
  });

  test("and leaves the draft a draft", async () => {
    const rubric = await create("ann", { criteria: [criterion({ weight: 0 })] });
    expect((await act("ann", "requestRubricReview", at(rubric))).codes).toEqual(["RUBRIC_UNFINISHED at criteria"]);
    expect(await partsOf(rubric)).toMatchObject([{ state: "DRAFT" }, { state: "DRAFT" }, { state: "DRAFT" }]);
    expect((await edit("ann", rubric)).version).toBe(2);
  });
});

test("a criterion keeps its stable id over versions while key, skill and scale are the same", async () => {
  const stableIds = (rubric: Anything) =>
    Object.fromEntries(rubric.versions.nodes[0].criteria.map(({ key, stableId }: Anything) => [key, stableId]));
  const both = [criterion(), criterion({ key: "plans" })];
  const longer = { scaleMax: 4, anchors: [1, 2, 3, 4].map((value) => ({ value, label: "L", behaviour: "B." })) };

  const first = await publish(await create("ann", { criteria: both }));
  const second = await publish(
    await edit("ann", first, {
      criteria: [criterion({ name: "Joins, anew", weight: 9 }), criterion({ key: "plans", ...longer })],
    }),
  );
  expect(stableIds(second).joins).toBe(stableIds(first).joins);
  expect(stableIds(second).plans).not.toBe(stableIds(first).plans);
  const draft = await edit("ann", second, { criteria: [criterion({ key: "other" })] });
  const third = await publish(await edit("ann", draft, { criteria: both }));
  expect(stableIds(third)).toEqual(stableIds(first));
});

describe("what makes no rubric is refused at once", () => {
  const table: [string, () => object, string[]][] = [
    [
      "a scale upside down",
      () => ({ criteria: [criterion({ scaleMin: 5, scaleMax: 1, anchors: [] })] }),
      ["RUBRIC_UNUSABLE at criteria.0.scaleMax"],
    ],
    ["a weight below zero", () => ({ criteria: [criterion({ weight: -1 })] }), ["BAD_INPUT at criteria.0.weight"]],
    ["a key twice", () => ({ criteria: [criterion(), criterion()] }), ["RUBRIC_UNUSABLE at criteria.1.key"]],
    [
      "a gate outside the scale",
      () => ({ criteria: [criterion({ gate: { min: 4 } })] }),
      ["RUBRIC_UNUSABLE at criteria.0.gate.min"],
    ],
    [
      "an anchor outside the scale",
      () => ({ criteria: [criterion({ anchors: [{ value: 9, label: "L", behaviour: "B." }] })] }),
      ["RUBRIC_UNUSABLE at criteria.0.anchors.0.value"],
    ],
    ["a skill claimed twice", () => ({ skillIds: [firm.skillIds.sql, firm.skillIds.sql] }), ["BAD_INPUT at skillIds"]],
    ["no criterion", () => ({ criteria: [] }), ["BAD_INPUT at criteria"]],
    [
      "61 criteria",
      () => ({ criteria: Array.from({ length: 61 }, (_, index) => criterion({ key: `k${index}` })) }),
      ["BAD_INPUT at criteria"],
    ],
    ["a name that is there", () => ({ name: "Back-end interview" }), ["ALREADY_EXISTS at name"]],
  ];

  test.each(table)("%s", async (_, change, expected) => {
    const count = async () => (await api.ask(firm.people.admin, "{ rubrics { totalCount } }")).rubrics.totalCount;
    const before = await count();
    const { codes } = await act("ann", "createRubric", {
      name: `Refused ${++made}`,
      criteria: [criterion()],
      ...change(),
    });
    expect(codes).toEqual(expected);
    expect(await count()).toBe(before);
  });

  test("a key that is there", async () => {
    await create("ann", { externalKey: "taken" });
    const { codes } = await act("ann", "createRubric", {
      name: "Other",
      externalKey: "taken",
      criteria: [criterion()],
    });
    expect(codes).toEqual(["ALREADY_EXISTS at externalKey"]);
  });

  test("a skill of another organisation, in a criterion or a claim", async () => {
    const other = await company(api.database);
    const theirs = other.skillIds.sql;
    for (const change of [{ criteria: [criterion({ skillId: theirs })] }, { skillIds: [theirs] }]) {
      const { codes } = await act("ann", "createRubric", { name: "Theirs", criteria: [criterion()], ...change });
      expect(codes).toEqual(["NOT_FOUND"]);
    }
  });
});

describe("an import", () => {
  const draft = (name: string, key = "joins") => ({
    name,
    skillIds: [firm.skillIds.sql!],
    criteria: [criterion({ key }) as Parameters<typeof addRubricVersion>[3]["criteria"][number]],
  });

  test("writes many rubrics as READY, and their next versions, which retire the ones before", async () => {
    const { db } = firm.as("admin");
    const fresh = ["Imported 1", "Imported 2"].map((name) => ({ externalKey: name, draft: draft(name) }));
    const rubrics = await db.transaction((tx) => addRubrics(tx, "READY", fresh));
    const [first] = rubrics;
    await db.transaction((tx) => addRubricVersion(tx, first!, "READY", draft("Imported, anew")));
    const states = await sql(
      "select number, state from rubric_versions where rubric_id = any($1) order by rubric_id, number",
      [rubrics.map(({ id }) => id)],
    );
    expect(states.map(({ number, state }) => `${number} ${state}`)).toEqual(["1 RETIRED", "2 READY", "1 READY"]);
    const stableIds = await sql(
      "select distinct c.stable_id from criteria c join rubric_versions v on v.id = c.rubric_version_id where v.rubric_id = $1",
      [first!.id],
    );
    expect(stableIds).toHaveLength(1);
    expect(await journalOf(first!)).toEqual(["rubric.created", "rubric.published"]);
  });

  test("makes no next version beside one that is still being written", async () => {
    const { id } = await create("ann");
    const { db } = firm.as("admin");
    const [rubric] = await allRows(db, Rubric, (bind) => `t.id = ${bind(id)}`);
    const act = db.transaction((tx) => addRubricVersion(tx, rubric!, "READY", draft("Beside")));
    await expect(act).rejects.toMatchObject({ code: "ILLEGAL_MOVE" });
  });
});
