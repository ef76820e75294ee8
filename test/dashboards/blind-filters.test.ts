import { type GraphQLInputObjectType, type GraphQLInputType, getNamedType, isEnumType } from "graphql";
import type { Application } from "../../src/candidates/application.entity";
import { FEEDBACK_VISIBILITIES, type FeedbackVisibility } from "../../src/identity/organization.rules";
import { LIMITS } from "../../src/platform/graphql/limits";
import { schema } from "../../src/server";
import { type Company, company, type Person } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { type Entry, inHours, writeDiary } from "./diary";

/*
 * Nobody who owes a scorecard learns by a filter what the others wrote. The filters are read from the schema, so that a
 * new one is tried as soon as it is there.
 */

jest.setTimeout(60_000);

/** Sit on every panel, and owe. */
const OWING: readonly Person[] = ["admin", "hiringManager", "auditor", "ann"];
/** Sits on no panel, and so reads what was handed in. */
const OUTSIDER: Person = "recruiter";
/** Has handed in everywhere; what is tried is whether anybody hears of it. */
const GIVER: Person = "bob";
const DRAFTER: Person = "cyd";
const HANDED_IN = inHours(-1);

let api: Api;
let firm: Company;
let application: Application;
let sessionIds: string[];

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
  application = await firm.applicant();
  const panel: Entry["panel"] = Object.fromEntries(OWING.map((who) => [who, "owes"]));
  const common = { application, state: "SCHEDULED", hours: [-3, -2] } as const;
  sessionIds = await writeDiary(api.database, firm, [
    { ...common, panel: { ...panel, [GIVER]: { card: "SUBMITTED", says: "STRONG_NO", at: HANDED_IN } } },
    {
      ...common,
      panel: {
        ...panel,
        [GIVER]: { card: "SUBMITTED", says: "YES", at: HANDED_IN },
        [DRAFTER]: { card: "DRAFT", says: "NO" },
      },
    },
    // What is their own is found.
    {
      ...common,
      panel: Object.fromEntries(OWING.map((who) => [who, { card: "DRAFT", says: "NO_DECISION" } as const])),
    },
  ]);
});

afterAll(() => api.close());

const LISTS = {
  interviewSessions: "state scorecards { id }",
  applications: "interviewSessions(first: 100) { nodes { id scorecards { id } } }",
  scorecards: "interviewer { name }",
};
type List = keyof typeof LISTS;

const argumentOf = (list: List, name: string): GraphQLInputType =>
  schema
    .getQueryType()!
    .getFields()
    [list]!.args.find((each) => each.name === name)!.type;

/** Values that could tell something, of each filter that there is. */
function valuesOf(name: string, type: GraphQLInputType): unknown[] {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().map(({ name: value }) => [value]);
  if (named.name === "Boolean") return [true, false];
  // Around the instant at which the hidden scorecards came in.
  if (named.name === "DateTime")
    return [-3_600_000, -1, 0, 1, 3_600_000].map((ms) => new Date(HANDED_IN.getTime() + ms));
  const ids: Record<string, unknown[]> = {
    external: [{ system: "greenhouse", externalId: "4711" }],
    sessionId: sessionIds,
    applicationId: [application.id],
    candidateId: [application.candidateId],
    jobId: [firm.job.id],
    interviewerId: [GIVER, DRAFTER, "ann" as const].map((who) => firm.people[who].id),
    skillId: Object.values(firm.skillIds),
  };
  const values = ids[name];
  if (!values) throw new Error(`Say which values of the filter ${name} could tell something`);
  return values;
}

interface Attempt {
  list: List;
  filter: object;
  orderBy: string | null;
}

/** Every value of every filter, each also with somebody's name, and every order. */
function attempts(): Attempt[] {
  return (Object.keys(LISTS) as List[]).flatMap((list) => {
    const fields = Object.values((getNamedType(argumentOf(list, "filter")) as GraphQLInputObjectType).getFields());
    const single = fields.flatMap(({ name, type }) => valuesOf(name, type).map((value) => ({ [name]: value })));
    const paired = single.map((filter) => ({ ...filter, interviewerId: firm.people[GIVER].id }));
    const orders = valuesOf("orderBy", argumentOf(list, "orderBy")).map((order) => (order as string[])[0]!);
    return [
      ...[...single, ...paired].map((filter) => ({ list, filter, orderBy: null })),
      ...orders.map((orderBy) => ({ list, filter: {}, orderBy })),
    ];
  });
}

function inRequests(all: readonly Attempt[]): Attempt[][] {
  const most = LIMITS.rootFields.most;
  return (Object.keys(LISTS) as List[]).flatMap((list) => {
    const own = all.filter((attempt) => attempt.list === list);
    return Array.from({ length: Math.ceil(own.length / most) }, (_, at) => own.slice(at * most, (at + 1) * most));
  });
}

/** The answers to all attempts, list by list, as many in one request as there may be. */
async function answers(who: Person, all: readonly Attempt[]): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (const own of inRequests(all)) {
    const { list } = own[0]!;
    const [filterType, orderType] = [argumentOf(list, "filter"), argumentOf(list, "orderBy")];
    const declared = own.map((_, at) => `$f${at}: ${filterType}, $o${at}: ${orderType}`).join(", ");
    const fields = own.map(
      (_, at) =>
        `a${at}: ${list}(filter: $f${at}, orderBy: $o${at}, first: 100) { totalCount nodes { id ${LISTS[list]} } }`,
    );
    const given = own.flatMap(({ filter, orderBy }, at) => [
      [`f${at}`, filter],
      [`o${at}`, orderBy],
    ]);
    const data = await api.ask(
      firm.people[who],
      `query All(${declared}) { ${fields.join(" ")} }`,
      Object.fromEntries(given),
    );
    found.push(...own.map((_, at) => data[`a${at}`]));
  }
  return found;
}

const change = (text: string, values: unknown[] = []) =>
  withClient(superuserUrl, (client) => client.query(text, values));

const hide = (policy: FeedbackVisibility) =>
  change("update organizations set feedback_visibility = $1 where id = $2", [policy, firm.organizationId]);

/** Writes something else into what is hidden: another recommendation, another time, and a draft that is no more. */
async function rewrite(says: string, at: Date): Promise<void> {
  await change(
    "update scorecards set recommendation = $1, submitted_at = $2 where organization_id = $3 and interviewer_id = $4",
    [says, at, firm.organizationId, firm.people[GIVER].id],
  );
  await change(
    "update scorecards set state = case state when 'DRAFT' then 'WITHDRAWN' else 'DRAFT' end where interviewer_id = $1",
    [firm.people[DRAFTER].id],
  );
}

async function hiddenIds(): Promise<Set<string>> {
  const { rows } = await change("select id from scorecards where interviewer_id = any($1)", [
    [GIVER, DRAFTER].map((who) => firm.people[who].id),
  ]);
  return new Set(rows.map(({ id }) => id));
}

const mentioned = (answer: unknown, ids: ReadonlySet<string>): string[] =>
  [...ids].filter((id) => JSON.stringify(answer).includes(id));

test("every filter of the three lists is tried", () => {
  const all = attempts();
  const tried = (list: List) =>
    new Set(all.filter((each) => each.list === list).flatMap(({ filter }) => Object.keys(filter)));
  expect([tried("interviewSessions").size, tried("applications").size, tried("scorecards").size]).toEqual([9, 10, 11]);
  expect(all.length).toBeGreaterThanOrEqual(150);
});

describe.each(FEEDBACK_VISIBILITIES.filter((policy) => policy !== "ALWAYS"))("where feedback is open %s", (policy) => {
  beforeAll(() => hide(policy));

  test.each(OWING)("%s, who owes, gets the same answers whatever the others wrote", async (who) => {
    const all = attempts();
    const hidden = await hiddenIds();
    await rewrite("STRONG_NO", HANDED_IN);
    const before = await answers(who, all);
    await rewrite("STRONG_YES", inHours(-90));
    const after = await answers(who, all);
    for (const [at, attempt] of all.entries()) {
      expect({ ...attempt, hidden: mentioned(before[at], hidden) }).toEqual({ ...attempt, hidden: [] });
      const { totalCount, nodes } = before[at] as { totalCount: number; nodes: object[] };
      expect({ ...attempt, totalCount }).toEqual({ ...attempt, totalCount: nodes.length });
      expect({ ...attempt, answer: after[at] }).toEqual({ ...attempt, answer: before[at] });
    }
  });

  test("whoever may read them gets other answers", async () => {
    await rewrite("STRONG_NO", HANDED_IN);
    const before = await answers(OUTSIDER, attempts());
    await rewrite("STRONG_YES", inHours(-90));
    expect(await answers(OUTSIDER, attempts())).not.toEqual(before);
  });
});
