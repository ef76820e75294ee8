import { type GraphQLObjectType, getNamedType, isObjectType } from "graphql";
import { Client } from "pg";
import { newId, typeOfId } from "../../src/platform/ids";
import { schema } from "../../src/server";
import type { Person } from "../cast/company";
import { actorOf, documentOf, inputWith, outcomeOf, type Stage, stage, unique } from "../cast/valid-inputs";
import { type Answer, type Api, startApi } from "../support/api";
import { superuserUrl } from "../support/database";
import {
  at,
  changed,
  type Input,
  isFilled,
  isList,
  leafAt,
  mutations,
  ofType,
  optionalOf,
  type Place,
  places,
  valueAt,
} from "../support/input-places";
import { everyRow, walledTables } from "../support/rows";

jest.setTimeout(30_000);

let api: Api;
let ours: Stage;
let superuser: Client;
let tables: string[];

beforeAll(async () => {
  api = await startApi();
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  // Which says who came in, whatever else is written.
  tables = await walledTables(superuser, { except: ["access_log"] });
  ours = await stage(api);
});

afterAll(async () => {
  await superuser.end();
  await api.close();
});

const written = () => everyRow(superuser, tables, [ours.company.organizationId]);

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
  const before = await written();
  const answers = await Promise.all(values.map((value) => attempt(mutation, changed(input, path, value))));
  expect(await written()).toEqual(before);
  return values.map((value, index) => [value, answers[index]!]);
}

test("every mutation takes one input, and accepts valid ones that together fill in every field", async () => {
  expect(mutations.filter(({ args }) => args.length !== 1 || args[0]!.name !== "input")).toEqual([]);
  expect(Object.keys(ours.valid).sort()).toEqual(mutations.map(({ name }) => name).sort());
  for (const { name } of mutations) {
    const inputs = await Promise.all(ours.valid[name]!.map((make) => make(actorOf(name))));
    const untold = places
      .filter(({ mutation, path }) => mutation === name && !inputs.some((input) => isFilled(at(input, path))))
      .map(({ path }) => path.join("."));
    expect({ name, untold }).toEqual({ name, untold: [] });
    for (const input of inputs) {
      const { errors, payload } = outcomeOf(await attempt(name, input), name);
      expect({ name, errors, payload }).toMatchObject({ name, errors: undefined, payload: { userErrors: [] } });
    }
  }
});

test("each format of a file is imported as it stands", async () => {
  for (const make of ours.valid.importBank!) {
    const input = await make("admin");
    const { payload } = outcomeOf(await attempt("importBank", input), "importBank");
    expect({ input, payload }).toMatchObject({ input, payload: { report: { counts: { created: 1 } } } });
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
    const input = await inputWith(ours, place);
    const right = leafAt(input, place) as string;
    const type = typeOfId(right)!;
    const other = type === "Candidate" ? newId("Job") : newId("Candidate");
    const existing = type === "Member" ? ours.company.job.id : ours.company.people.ann.id;
    const wrong = [...garbage, right.toUpperCase(), ` ${right}`, `${right}0`, right.slice(1), other, existing];
    const values = wrong.map((id) => valueAt(place, id));
    for (const [id, answer] of await refused<unknown>(place, input, values)) {
      expect({ id, ...outcomeOf(answer, mutation) }).toMatchObject({
        id,
        errors: undefined,
        payload: { userErrors: [{ code: "WRONG_ID_TYPE", field: path, message: expect.stringContaining(type) }] },
      });
    }
  });

  test("NOT_FOUND names the field at fault", async () => {
    const unnamed: string[] = [];
    for (const [name, place] of ofType("ID")) {
      const { mutation, path } = place;
      const input = await inputWith(ours, place);
      const never = newId(typeOfId(leafAt(input, place) as string)!);
      const { errors } = await attempt(mutation, changed(input, path, valueAt(place, never)));
      const field = errors?.[0]?.extensions.field;
      const named = isList(place) ? [...path, "0"] : path;
      if (errors && JSON.stringify(field) !== JSON.stringify(named)) unnamed.push(`${name}: ${JSON.stringify(field)}`);
    }
    expect(unnamed).toEqual([]);
  });
});

/** The noun of a published type, which is one of several where the noun has kinds. */
function nounOf(type: string): string {
  const interfaces = (schema.getType(type) as GraphQLObjectType).getInterfaces().map(({ name }) => name);
  return interfaces.find((name) => name !== "Node") ?? type;
}

describe("an id of node and nodes", () => {
  const send = async (query: string, variables: object, who: Person = "admin") => {
    const answer = await api.send(ours.company.people[who], query, variables);
    expect(JSON.stringify(answer)).not.toMatch(LEAK);
    return answer;
  };
  const node = (id: string, who?: Person) => send("query ($id: ID!) { node(id: $id) { __typename id } }", { id }, who);
  const nodes = (ids: string[], who?: Person) =>
    send("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids }, who);

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
  const fields = texts.filter(([name]) => name !== "importBank.text");

  const promised = ({ field }: Place) => field.description ?? "";
  const oneLine = (place: Place) => !/(At most|each of 1 to) \d+ characters\.$|not blank\.$/.test(promised(place));
  /** What is answered with, and matched, is nothing where it is blank; the same types hold feedback, which may be. */
  const ANSWERS = /\.(options\.0\.text|acceptedTexts\.0\.text|pairs\.0\.answer|pairs\.0\.prompt\.text)$/;
  const isAnswer = ({ mutation, path }: Place) => ANSWERS.test([mutation, ...path].join("."));
  const mayBeBlank = (place: Place) =>
    !oneLine(place) && !/not blank|each of 1 to/.test(promised(place)) && !isAnswer(place);

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
  const BLANK = /^(BAD_INPUT|QUESTION_UNUSABLE)$/;
  const blank = { nothing: "", spaces: "   ", "white space of other scripts": "\u00a0\u3000\u2003" };

  test.each(fields)("%s refuses what cannot be stored or is too long", async (_, place) => {
    const { mutation, path } = place;
    const input = await inputWith(ours, place);
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
        payload: { userErrors: [{ code: what in blank ? expect.stringMatching(BLANK) : "BAD_INPUT", field: path }] },
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
    if (path.at(-1) === "comment") return { sent: text, stored: text.trim() };
    if (path.at(-1) !== "email") return { sent: text, stored: text };
    const local = `${text.replace(/[\s@]/g, "")}${unique()}`;
    return { sent: `${local}@EXAMPLE.org`, stored: `${local}@example.org`.toLowerCase() };
  }

  const refusing: Record<string, string> = {
    slug: "BAD_INPUT",
    key: "BAD_INPUT",
    system: "BAD_INPUT",
    "editOwnProfile.timeZone": "BAD_INPUT",
    timeZone: "BAD_SCHEDULE",
    url: "TARGET_NOT_ALLOWED",
    eventTypes: "BAD_INPUT",
    candidateExternalId: "REFERENCE_UNKNOWN",
    jobExternalId: "REFERENCE_UNKNOWN",
  };

  test.each(fields)("%s keeps every letter of every script", async (_, place) => {
    const { mutation, path } = place;
    const code = refusing[`${mutation}.${path.join(".")}`] ?? refusing[path.at(-1)!];
    for (const [what, text] of Object.entries(wide)) {
      // Another one each time: names that are there already are refused.
      const { sent, stored } = shaped(place, `${text} ${unique()}`);
      const input = await inputWith(ours, place);
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

  const PROMISE = /(\d+) characters(?:, not blank|; no id of ours)?\.$/;
  const lines = fields.filter(([, place]) => !oneLine(place));

  test.each(lines)("%s may have lines, and be blank unless it says otherwise", async (_, place) => {
    for (const text of [...(mayBeBlank(place) ? ["", "  "] : []), "one\ntwo\r\n\tthree"]) {
      const { sent, stored } = shaped(place, text);
      const input = changed(await inputWith(ours, place), place.path, valueAt(place, sent));
      const answer = await attempt(place.mutation, input);
      expect(answer.data[place.mutation].userErrors).toEqual([]);
      expect(stringsIn(answer.data)).toContain(stored);
    }
  });

  test.each(fields.filter(([, { field }]) => PROMISE.test(field.description ?? "")))(
    "%s takes as many characters as it promises, and not one more",
    async (_, place) => {
      const limit = Number(PROMISE.exec(promised(place))![1]);
      if (/^(timeZone|candidateExternalId|jobExternalId|url)$/.test(place.path.at(-1)!)) return;
      const { mutation, path } = place;
      const full = unique().padEnd(limit, "x");
      const taken = await attempt(mutation, changed(await inputWith(ours, place), path, valueAt(place, full)));
      expect(stringsIn(taken.data)).toContain(full);
      const [[, answer]] = (await refused(place, await inputWith(ours, place), [valueAt(place, `${full}x`)])) as [
        [unknown, Answer],
      ];
      expect(outcomeOf(answer, mutation).payload.userErrors).toMatchObject([{ code: "BAD_INPUT", field: path }]);
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

  /** Where nothing means something else, such as a slot in halves, or a draft that was begun already. */
  const refusing: Record<string, string> = {
    "scheduleInterviewSession.reason": "REASON_MISSING",
    "recordDecision.departureReason": "DEPARTURE_UNEXPLAINED",
    // UTC, or nothing to change.
    "editOwnProfile.timeZone": "",
    // Every bank.
    "exportBank.bankId": "",
    startsAt: "BAD_SCHEDULE",
    endsAt: "BAD_SCHEDULE",
    timeZone: "BAD_SCHEDULE",
    version: "STALE_VERSION",
    value: "VALUE_OUTSIDE_SCALE",
    // What a question of the kind must have, and a file that names no bank.
    answer: "QUESTION_UNUSABLE",
    options: "QUESTION_UNUSABLE",
    acceptedTexts: "QUESTION_UNUSABLE",
    acceptedIntervals: "QUESTION_UNUSABLE",
    pairs: "QUESTION_UNUSABLE",
    bankId: "BAD_INPUT",
  };

  test.each(optional)("%s may be null or left out", async (name, place) => {
    const { mutation, path } = place;
    for (const nothing of [null, undefined]) {
      const input = changed(await inputWith(ours, place), path, nothing);
      const { errors, payload } = outcomeOf(await attempt(mutation, input), mutation);
      const code = refusing[name] ?? refusing[path.at(-1)!];
      const userErrors = code ? [{ code, field: path }] : [];
      expect({ nothing, errors, payload }).toMatchObject({ nothing, errors: undefined, payload: { userErrors } });
    }
  });
});

describe("a number of an input", () => {
  test.each(ofType("Int"))("%s refuses what is out of range", async (_, place) => {
    const { mutation, path } = place;
    const input = await inputWith(ours, place);
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

describe("a number with a point of an input", () => {
  test.each(ofType("Float"))(
    "%s refuses what is no number, and one that turns its interval about",
    async (_, place) => {
      const { mutation, path } = place;
      const input = await inputWith(ours, place);
      for (const [number, { status, errors }] of await refused<unknown>(place, input, ["7", true, null, [1], {}])) {
        expect({ number, status, errors }).toMatchObject({ number, ...UNREADABLE });
      }
      const about = path.at(-1) === "low" ? 1e308 : -1e308;
      const [[, answer]] = (await refused(place, input, [about])) as [[number, Answer]];
      const userErrors = [{ code: "QUESTION_UNUSABLE", field: path.slice(0, -1) }];
      expect(outcomeOf(answer, mutation)).toMatchObject({ errors: undefined, payload: { userErrors } });
    },
  );
});

describe("a time of an input", () => {
  const none = [
    "",
    "soon",
    "2031-02-30T10:00:00Z",
    "2031-02-30T10:00",
    "2031-01-01",
    "25:00",
    "\u0000",
    0,
    1e300,
    true,
  ];
  const outlandish = ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00", "9999-12-31T23:59"];

  test.each([...ofType("DateTime"), ...ofType("SlotTime")])(
    "%s refuses what is no time, or one that makes no slot",
    async (_, place) => {
      const { mutation } = place;
      const input = await inputWith(ours, place);
      for (const [time, { status, errors }] of await refused<unknown>(place, input, none)) {
        expect({ time, status, errors }).toMatchObject({ time, ...UNREADABLE });
      }
      // An instant has a zone.
      const isInstant = getNamedType(place.field.type).name === "DateTime";
      const readable = outlandish.filter((time) => !isInstant || time.endsWith("Z"));
      for (const [time, answer] of await refused(place, input, readable)) {
        const code = expect.stringMatching(/^BAD_(SCHEDULE|INPUT)$/);
        const userErrors = expect.arrayContaining([expect.objectContaining({ code })]);
        expect({ time, ...outcomeOf(answer, mutation) }).toMatchObject({
          time,
          errors: undefined,
          payload: { userErrors },
        });
      }
    },
  );
});

test("every published noun has a type of id", () => {
  const nouns = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "Node"),
  );
  const names = nouns.map(({ name }) => nounOf(name));
  expect(names.map((name) => typeOfId(newId(name)))).toEqual(names);
});
