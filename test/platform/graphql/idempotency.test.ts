import { randomUUID } from "node:crypto";
import { createApiKey } from "../../../src/identity/api-key.actions";
import { expireIdempotentRequests, KeyedRequest } from "../../../src/platform/idempotency";
import { type Company, company } from "../../cast/company";
import { type Api, startApi } from "../../support/api";
import { superuserUrl, withClient } from "../../support/database";
import { asSuperuser, keptUnder, loseAnswer, post, type Reply } from "./keyed";

jest.setTimeout(60_000);

const CREATE = `mutation ($input: CreateCandidateInput!) {
  createCandidate(input: $input) { candidate { id name email version } userErrors { code field message } } }`;

describe.each([true, false])("with graphql-jit: %s", (jit) => {
  let api: Api;
  let ours: Company;

  beforeAll(async () => {
    api = await startApi({ jit });
    ours = await company(api.database);
  });

  afterAll(() => api.close());

  const ada = (name = `Ada ${randomUUID()}`) => ({ query: CREATE, variables: { input: { name } } });
  const send = (key: string | null, sent: Parameters<typeof post>[3], who = ours.people.recruiter) =>
    post(api, who, key, sent);

  const named = async ({ variables }: ReturnType<typeof ada>): Promise<number> => {
    const text = "select count(*)::int as n from candidates where organization_id = $1 and name = $2";
    return (await asSuperuser(text, [ours.organizationId, variables.input.name]))[0].n;
  };

  test("twenty parallel calls under one key make one row, and a repeat gets the answer of the one that made it", async () => {
    const [key, sent] = [randomUUID(), ada()];
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(key, sent)));
    expect(await named(sent)).toBe(1);
    const answered = replies.filter(({ status }) => status === 200);
    const refused = replies.filter(({ status }) => status !== 200);
    expect(answered.length).toBeGreaterThanOrEqual(1);
    const { data } = answered[0]!.body;
    expect(data.createCandidate.candidate.name).toBe(sent.variables.input.name);
    expect(answered.map(({ body }) => body.data)).toEqual(answered.map(() => data));
    expect(refused.map(({ status, code }) => [status, code])).toEqual(
      refused.map(() => [409, "IDEMPOTENCY_IN_PROGRESS"]),
    );
    const again = await Promise.all([send(key, sent), send(key, sent)]);
    for (const reply of again) {
      expect(reply.replayed).toBe(true);
      expect(answered.map(({ text }) => text)).toContain(reply.text);
    }
    expect(await named(sent)).toBe(1);
  });

  test("a repeat gets the first answer letter by letter, whatever has happened since", async () => {
    const [key, sent] = [randomUUID(), ada()];
    const first = await send(key, sent);
    expect(first).toMatchObject({ status: 200, replayed: false, code: undefined });
    await asSuperuser("update candidates set name = 'Renamed', version = 2 where name = $1", [
      sent.variables.input.name,
    ]);
    const again = await send(key, sent);
    expect(again).toMatchObject({ status: 200, replayed: true, text: first.text });
  });

  test("after a crash before the answer was kept, the payload is read anew", async () => {
    const [key, sent] = [randomUUID(), ada()];
    const first = await send(key, sent);
    await loseAnswer(key);
    const again = await send(key, sent);
    expect(again).toMatchObject({ status: 200, replayed: false });
    expect(again.body.data).toEqual(first.body.data);
    expect(await named(sent)).toBe(1);
    expect(await send(key, sent)).toMatchObject({ replayed: true, text: again.text });
  });

  test("what was made and cannot be seen any more is told to have been done", async () => {
    const [key, sent] = [randomUUID(), ada()];
    const { id } = (await send(key, sent)).body.data.createCandidate.candidate;
    await loseAnswer(key);
    await asSuperuser("delete from candidates where id = $1", [id]);
    const again = await send(key, sent);
    expect(again).toMatchObject({ status: 410, code: "IDEMPOTENCY_ANSWER_GONE" });
    expect(again.body.errors[0].message).toContain(id);
  });

  describe("another request under the key", () => {
    const others: [what: string, change: (sent: ReturnType<typeof ada>) => Parameters<typeof post>[3]][] = [
      ["other variables", () => ada()],
      ["another document", (sent) => ({ ...sent, query: `${sent.query} ` })],
      [
        "another operation",
        (sent) => ({ ...sent, query: sent.query.replace("mutation", "mutation A"), operationName: "A" }),
      ],
    ];

    test.each(others)("is refused and not done: %s", async (_what, change) => {
      const [key, sent] = [randomUUID(), ada()];
      await send(key, sent);
      const before = await asSuperuser("select count(*)::int as n from candidates");
      const answer = await send(key, change(sent));
      expect(answer).toMatchObject({ status: 422, code: "IDEMPOTENCY_MISMATCH" });
      expect(await asSuperuser("select count(*)::int as n from candidates")).toEqual(before);
    });

    test("is the same where only the order of the keys differs", async () => {
      const key = randomUUID();
      const query = CREATE;
      const first = await send(key, { query, variables: { input: { name: "Ada", email: `${key}@example.org` } } });
      const again = await send(key, { query, variables: { input: { email: `${key}@example.org`, name: "Ada" } } });
      expect(again).toMatchObject({ replayed: true, text: first.text });
    });
  });

  describe("keys are met", () => {
    test("by nobody but who sent them", async () => {
      const [key, sent] = [randomUUID(), ada()];
      const replies = [await send(key, sent), await send(key, sent, ours.people.admin)];
      expect(replies.map(({ replayed }) => replayed)).toEqual([false, false]);
      expect(await named(sent)).toBe(2);
    });

    test("in no other organisation", async () => {
      const theirs = await company(api.database);
      const [key, sent] = [randomUUID(), ada()];
      const replies = [await send(key, sent), await send(key, ada(), theirs.people.recruiter)];
      expect(replies.map(({ status, replayed }) => [status, replayed])).toEqual([
        [200, false],
        [200, false],
      ]);
    });

    test("for a day", async () => {
      const [key, sent] = [randomUUID(), ada()];
      const age = (hours: number) =>
        asSuperuser("update idempotent_requests set created_at = now() - make_interval(hours => $2) where key = $1", [
          key,
          hours,
        ]);
      const first = await send(key, sent);
      await age(23);
      await expireIdempotentRequests(api.database, ours.organizationId);
      expect(await send(key, sent)).toMatchObject({ replayed: true, text: first.text });
      await age(25);
      expect(await send(key, sent)).toMatchObject({ status: 200, replayed: false });
      expect(await named(sent)).toBe(2);
      expect(await keptUnder(key)).toHaveLength(1);
      await age(25);
      await expireIdempotentRequests(api.database, ours.organizationId);
      expect(await keptUnder(key)).toEqual([]);
    });
  });

  describe("nothing is pinned", () => {
    test("where there was something to mend", async () => {
      const [key, email] = [randomUUID(), `${randomUUID()}@example.org`];
      const create = (name: string) => ({ query: CREATE, variables: { input: { name, email } } });
      expect((await send(key, create(" "))).body.data.createCandidate.userErrors).toMatchObject([
        { code: "BAD_INPUT" },
      ]);
      expect(await keptUnder(key)).toEqual([]);
      expect(await send(key, create("Ada"))).toMatchObject({ status: 200, replayed: false, code: undefined });
      expect(await keptUnder(key)).toHaveLength(1);
    });

    test("where a rule refused within the transaction", async () => {
      const key = randomUUID();
      const { id } = (await send(null, ada())).body.data.createCandidate.candidate;
      const query = `mutation ($input: UpdateCandidateInput!) {
        updateCandidate(input: $input) { candidate { name } userErrors { code } } }`;
      const update = (version: number) => ({ query, variables: { input: { id, version, name: "Bea" } } });
      expect((await send(key, update(7))).body.data.updateCandidate.userErrors).toEqual([{ code: "STALE_VERSION" }]);
      expect((await send(key, update(1))).body.data.updateCandidate.candidate).toEqual({ name: "Bea" });
    });

    test("where a later transaction of the same request refused", async () => {
      const key = randomUUID();
      const query = `mutation ($input: ImportBankInput!) {
        importBank(input: $input) { report { counts { created } } userErrors { code } } }`;
      const bank = await api.ask(
        ours.people.admin,
        "mutation ($input: CreateQuestionBankInput!) { createQuestionBank(input: $input) { questionBank { id } userErrors { code } } }",
        { input: { name: key } },
      );
      const bankId = bank.createQuestionBank.questionBank.id;
      const input = { format: "GIFT", text: `Is ${key} right? {T}`, publish: false, dryRun: false, bankId };
      const sent = { query, variables: { input: { ...input, skillIds: [ours.skillIds.sql] } } };
      const busy = "select pg_advisory_lock(hashtextextended('import ' || $1, 0))";
      const held = await holding(busy, [ours.organizationId], () => send(key, sent, ours.people.admin));
      expect(held.body.data.importBank.userErrors).toEqual([{ code: "IMPORT_RUNNING" }]);
      expect(await keptUnder(key)).toEqual([]);
      const done = await send(key, sent, ours.people.admin);
      expect(done.body.data.importBank).toEqual({ report: { counts: { created: 1 } }, userErrors: [] });
      await loseAnswer(key);
      const again = await send(key, sent, ours.people.admin);
      expect(again.body.data).toEqual(done.body.data);
    });

    test("where we failed", async () => {
      const [key, sent] = [randomUUID(), ada("Falls over")];
      await asSuperuser(
        "create or replace function fall_over() returns trigger language plpgsql as $$ begin raise 'fell over'; end $$",
      );
      await asSuperuser(
        "create trigger fall_over before insert on candidates for each row when (new.name = 'Falls over') execute function fall_over()",
      );
      let failed: Reply;
      try {
        failed = await send(key, sent);
      } finally {
        await asSuperuser("drop trigger fall_over on candidates");
      }
      expect(failed.code).toBe("INTERNAL_SERVER_ERROR");
      expect(await keptUnder(key)).toEqual([]);
      expect(await send(key, sent)).toMatchObject({ status: 200, replayed: false, code: undefined });
    });

    test("for a TEST key, which rehearses", async () => {
      const input = { name: "Trying", environment: "TEST" as const, scopes: ["candidates:write" as const] };
      const { secret } = await createApiKey(ours.as("admin"), input);
      const [key, sent] = [randomUUID(), ada()];
      for (let time = 1; time <= 2; time++) {
        expect(await post(api, secret, key, sent)).toMatchObject({ status: 200, replayed: false, code: undefined });
      }
      expect(await keptUnder(key)).toEqual([]);
      expect(await named(sent)).toBe(0);
    });
  });

  test("what cannot be kept goes out all the same, and a repeat reads it anew", async () => {
    const [key, sent] = [randomUUID(), ada()];
    await asSuperuser("revoke update on idempotent_requests from assay_server");
    let first: Reply;
    try {
      first = await send(key, sent);
    } finally {
      await asSuperuser("grant update on idempotent_requests to assay_server");
    }
    expect(first).toMatchObject({ status: 200, code: undefined });
    const again = await send(key, sent);
    expect(again).toMatchObject({ status: 200, replayed: false });
    expect(again.body.data).toEqual(first.body.data);
    expect(await named(sent)).toBe(1);
  });

  test("a serialization failure is tried again under the same key", async () => {
    const [key, sent] = [randomUUID(), ada("Comes late")];
    await asSuperuser("create sequence if not exists tries");
    await asSuperuser("grant usage on sequence tries to assay_server");
    await asSuperuser(`create or replace function come_late() returns trigger language plpgsql as $$ begin
      if nextval('tries') < 3 then raise 'again' using errcode = '40001'; end if; return new; end $$`);
    await asSuperuser(
      "create trigger come_late before insert on candidates for each row when (new.name = 'Comes late') execute function come_late()",
    );
    try {
      expect(await send(key, sent)).toMatchObject({ status: 200, code: undefined });
    } finally {
      await asSuperuser("drop trigger come_late on candidates");
      await asSuperuser("drop sequence tries");
    }
    expect(await named(sent)).toBe(1);
    expect(await keptUnder(key)).toHaveLength(1);
  });

  test("the key is taken while a transaction under it is open, whoever else asks", async () => {
    const [key, sent] = [randomUUID(), ada()];
    const { id } = ours.people.recruiter;
    const lock = "select pg_advisory_lock(hashtextextended('idempotency ' || $1 || ' ' || $2 || ' ' || $3, 0))";
    const held = await holding(lock, [ours.organizationId, id, key], () => send(key, sent));
    expect(held).toMatchObject({ status: 409, code: "IDEMPOTENCY_IN_PROGRESS" });
    expect(await named(sent)).toBe(0);
    expect(await send(key, sent)).toMatchObject({ status: 200, code: undefined });
  });

  test("a request that ended between two of its transactions goes on after the first", async () => {
    const [key, admin] = [randomUUID(), ours.people.admin];
    const query = `mutation ($input: ImportBankInput!) {
      importBank(input: $input) { report { import { id state } counts { created unchanged } } userErrors { code } } }`;
    const text = `assay: 1\nbanks:\n  - { key: ${key}, name: ${key} }`;
    const sent = { query, variables: { input: { format: "YAML", text, publish: false, dryRun: false } } };
    const { report } = (await send(key, sent, admin)).body.data.importBank;
    expect(report.counts).toEqual({ created: 1, unchanged: 0 });
    const first = "jsonb_build_array(result -> 0)";
    await asSuperuser(`update idempotent_requests set answer = null, result = ${first} where key = $1`, [key]);
    const again = (await send(key, sent, admin)).body.data.importBank.report;
    expect(again).toEqual({ import: report.import, counts: { created: 0, unchanged: 1 } });
    expect((await keptUnder(key)).map(({ result }) => (result as unknown[]).length)).toEqual([2]);
  });

  test("an answer of more than a megabyte is not kept", async () => {
    const key = randomUUID();
    const { db } = ours.as("recruiter");
    const request = new KeyedRequest(db, { key, requestHash: "hash", keeping: "ANSWER" });
    db.once = request;
    await db.transaction(async () => undefined);
    await request.keepAnswer("é".repeat(500_001));
    expect(await keptUnder(key)).toMatchObject([{ answer: null }]);
    await request.keepAnswer("é".repeat(500_000));
    expect((await keptUnder(key))[0]!.answer).toHaveLength(500_000);
  });

  describe("the header", () => {
    const malformed: [what: string, key: string][] = [
      ["empty", ""],
      ["too long", "k".repeat(256)],
      ["with a space, as when it is sent twice", "a, b"],
      ["with a letter beyond ASCII", "é"],
      ["with a tab", "a\tb"],
    ];

    test.each(malformed)("is refused, and nothing is done: %s", async (_what, key) => {
      const sent = ada();
      expect(await send(key, sent)).toMatchObject({ status: 400, code: "IDEMPOTENCY_KEY_INVALID" });
      expect(await named(sent)).toBe(0);
    });

    test.each(["k", "~".repeat(255), '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])("may be %s", async (text) => {
      const sent = ada();
      await asSuperuser("delete from idempotent_requests where key = $1", [text]);
      expect(await send(text, sent)).toMatchObject({ status: 200, code: undefined });
      expect(await send(text, sent)).toMatchObject({ replayed: true });
    });

    test.each([
      [
        "two fields",
        "{ a: createCandidate(input: $input) { userErrors { code } } b: createCandidate(input: $input) { userErrors { code } } }",
      ],
      [
        "one in a fragment",
        "{ a: createCandidate(input: $input) { userErrors { code } } ...More } fragment More on Mutation { b: createCandidate(input: $input) { userErrors { code } } }",
      ],
      [
        "one in an inline fragment",
        "{ a: createCandidate(input: $input) { userErrors { code } } ... on Mutation { b: createCandidate(input: $input) { userErrors { code } } } }",
      ],
    ])("goes with one mutation, and not with %s", async (_what, selection) => {
      const sent = { ...ada(), query: `mutation ($input: CreateCandidateInput!) ${selection}` };
      expect(await send(randomUUID(), sent)).toMatchObject({ status: 400, code: "IDEMPOTENCY_ONE_MUTATION" });
      expect(await named(sent)).toBe(0);
    });

    test("goes with one mutation beside `__typename`, and twice the same field", async () => {
      const field = "createCandidate(input: $input)";
      const query = `mutation ($input: CreateCandidateInput!) {
        __typename ${field} { userErrors { code } } ${field} { candidate { id } } }`;
      const [key, sent] = [randomUUID(), { ...ada(), query }];
      const first = await send(key, sent);
      expect(first).toMatchObject({ status: 200, code: undefined });
      expect(await send(key, sent)).toMatchObject({ replayed: true, text: first.text });
    });

    test.each(["a key", "no, key"])("is nothing to queries: %s", async (key) => {
      const query = { query: "{ viewer { member { email } } }" };
      expect(await send(key.replace("a ", ""), query)).toMatchObject({ status: 200, code: undefined, replayed: false });
    });

    test.each(["key", "no, key"])("is nothing to strangers: %s", async (key) => {
      expect(await post(api, null, key, ada())).toMatchObject({ code: "UNAUTHENTICATED" });
      expect(await post(api, "Bearer nonsense", key, ada())).toMatchObject({ code: "UNAUTHENTICATED" });
    });
  });
});

/** Does the work while another connection holds a lock. */
const holding = <T>(lock: string, values: string[], work: () => Promise<T>): Promise<T> =>
  withClient(superuserUrl, async (client) => {
    await client.query(lock, values);
    return work();
  });
