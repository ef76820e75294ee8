import { Webhook } from "standardwebhooks";
import { newId } from "../../src/platform/ids";
import type { Outbound } from "../../src/platform/jobs/outbound";
import { registerOutbound } from "../../src/platform/jobs/outbound";
import { sequence } from "../../src/platform/journal/sequencer";
import { forgetDeliveries } from "../../src/webhooks/webhook-forget.actions";
import { company } from "../cast/company";
import { loseAnswer, post, type Reply } from "../platform/graphql/keyed";
import { type Answer, type Api, startApi } from "../support/api";
import { ownerUrl, withClient } from "../support/database";
import { status } from "../support/receiver";
import {
  closeAll,
  deliveriesOf,
  happen,
  type Listening,
  listening,
  settled,
  sql,
  until,
  verified,
  workshop,
} from "./engine";
import { HASTY } from "./hasty";

jest.setTimeout(60_000);

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

afterEach(closeAll);

afterAll(() => api.close());

const ENDPOINT = "id url description eventTypes state disabledReason version formerUntil createdBy { name }";
const CREATE = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  newWebhookSecret { secret webhookEndpoint { ${ENDPOINT} } } userErrors { code field message } } }`;
const EDIT = `mutation ($input: EditWebhookEndpointInput!) { editWebhookEndpoint(input: $input) {
  webhookEndpoint { ${ENDPOINT} } userErrors { code field message } } }`;
const ENABLE = `mutation ($input: EnableWebhookEndpointInput!) { enableWebhookEndpoint(input: $input) {
  webhookEndpoint { ${ENDPOINT} } userErrors { code field message } } }`;
const DISABLE = `mutation ($input: DisableWebhookEndpointInput!) { disableWebhookEndpoint(input: $input) {
  webhookEndpoint { ${ENDPOINT} } userErrors { code field message } } }`;
const ROTATE = `mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
  newWebhookSecret { secret webhookEndpoint { ${ENDPOINT} } } userErrors { code field message } } }`;
const TEST = `mutation ($input: TestWebhookInput!) { testWebhook(input: $input) {
  webhookAttempt { number responseStatus responseBody failure requestHeaders delivery { id type state endpoint { id } } }
  userErrors { code field message } } }`;
const REPLAY = `mutation ($input: ReplayWebhookDeliveryInput!) { replayWebhookDelivery(input: $input) {
  webhookDelivery { id state } userErrors { code field message } } }`;
const REPLAY_ALL = `mutation ($input: ReplayWebhookDeliveriesInput!) { replayWebhookDeliveries(input: $input) {
  webhookReplay { count webhookEndpoint { id } } userErrors { code field message } } }`;

const did = ({ own }: Listening, mutation: string, input: object) => api.ask(own.people.admin, mutation, { input });
const tried = ({ own }: Listening, mutation: string, input: object): Promise<Answer> =>
  api.send(own.people.admin, mutation, { input });
const faultsOf = ({ data }: Answer): { code: string; field: string[]; message: string }[] =>
  Object.values(data as Record<string, { userErrors: never[] }>)[0]!.userErrors;

const versionOf = async ({ endpoint }: Listening): Promise<number> =>
  (await sql<{ version: number }>("select version from webhook_endpoints where id = $1", endpoint.id))[0]!.version;

/** Somebody who calls others as it is done in earnest, with a resolver of the test's. */
function inEarnest(addresses: Record<string, readonly string[]>): void {
  const resolve = async (host: string) => addresses[host] ?? Promise.reject(new Error("ENOTFOUND"));
  registerOutbound({ allowed: [], haste: 1, resolve } satisfies Outbound);
}

describe("an endpoint", () => {
  test("is made with a secret that is told this once, and stands in no other answer", async () => {
    const { people } = await company(api.database);
    inEarnest({ "hooks.example.org": ["93.184.215.14"] });
    const input = { url: "https://hooks.example.org/in", eventTypes: ["scorecard.submitted", "scorecard.submitted"] };
    const { createWebhookEndpoint: made } = await api.ask(people.admin, CREATE, { input });
    const { secret, webhookEndpoint } = made.newWebhookSecret;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhookEndpoint).toMatchObject({
      ...input,
      eventTypes: ["scorecard.submitted"],
      description: "",
      state: "ENABLED",
      disabledReason: null,
      version: 1,
      createdBy: { name: "admin" },
    });
    const { data } = await api.send(people.admin, `{ webhookEndpoints { nodes { ${ENDPOINT} } } }`);
    expect(data.webhookEndpoints.nodes).toEqual([webhookEndpoint]);
    const { errors } = await api.send(people.admin, "{ webhookEndpoints { nodes { secret } } }");
    expect(errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  test.each([
    ["https://169.254.169.254/latest/meta-data/", "TARGET_NOT_ALLOWED"],
    ["https://rebound.example.org/", "TARGET_NOT_ALLOWED"],
    ["https://localhost/", "TARGET_NOT_ALLOWED"],
    ["http://hooks.example.org/", "TARGET_NOT_ALLOWED"],
    ["https://me:secret@hooks.example.org/", "TARGET_NOT_ALLOWED"],
    ["nonsense", "TARGET_NOT_ALLOWED"],
    ["https://unknown.example.org/", "TARGET_UNREACHABLE"],
  ])("at %s is refused: %s", async (url, code) => {
    const told = await listening(api);
    inEarnest({
      "hooks.example.org": ["93.184.215.14"],
      "rebound.example.org": ["127.0.0.1"],
      localhost: ["127.0.0.1"],
    });
    expect(faultsOf(await tried(told, CREATE, { url }))).toMatchObject([{ code, field: ["url"] }]);
    const edited = { id: told.endpoint.id, version: 1, url };
    expect(faultsOf(await tried(told, EDIT, edited))).toMatchObject([{ code, field: ["url"] }]);
  });

  test("for an event type that is none is told the nearest", async () => {
    const told = await listening(api);
    const answer = await tried(told, CREATE, { url: told.receiver.url, eventTypes: ["scorecard.submited"] });
    expect(faultsOf(answer)).toMatchObject([
      { code: "UNKNOWN_EVENT_TYPE", field: ["eventTypes"], message: expect.stringContaining("`scorecard.submitted`") },
    ]);
  });

  test("hears of nothing that is for the audit trail alone", async () => {
    const told = await listening(api);
    const answer = await tried(told, CREATE, { url: told.receiver.url, eventTypes: ["api_key.created"] });
    expect(faultsOf(answer)).toMatchObject([
      { code: "UNKNOWN_EVENT_TYPE", field: ["eventTypes"], message: expect.stringContaining("audit trail") },
    ]);
  });

  test("is edited where something is said", async () => {
    const told = await listening(api, { eventTypes: ["job.created"] });
    const { id } = told.endpoint;
    const { editWebhookEndpoint } = await did(told, EDIT, { id, version: 1, description: "For the data team." });
    expect(editWebhookEndpoint.webhookEndpoint).toMatchObject({
      url: told.receiver.url,
      description: "For the data team.",
      eventTypes: ["job.created"],
      version: 2,
    });
    expect(faultsOf(await tried(told, EDIT, { id, version: 1, eventTypes: [] }))).toMatchObject([
      { code: "STALE_VERSION" },
    ]);
    await did(told, EDIT, { id, version: 2, eventTypes: [] });
    expect((await sql("select event_types from webhook_endpoints where id = $1", id))[0]).toEqual({ event_types: [] });
  });

  test("is one of 20 at most, also when several are made at once", async () => {
    const told = await listening(api);
    const inputs = Array.from({ length: 24 }, (_, index) => ({ url: `${told.receiver.url}/${index}` }));
    const answers = await Promise.all(inputs.map((input) => tried(told, CREATE, input)));
    const codes = answers.flatMap(faultsOf).map(({ code }) => code);
    expect(codes).toEqual(Array.from({ length: 5 }, () => "TOO_MANY_ENDPOINTS"));
    await did(told, DISABLE, { id: told.endpoint.id, reason: "Moving." });
    await did(told, CREATE, { url: told.receiver.url });
    const version = await versionOf(told);
    const refused = await tried(told, ENABLE, { id: told.endpoint.id, version, skipMissed: true });
    expect(faultsOf(refused)).toMatchObject([{ code: "TOO_MANY_ENDPOINTS" }]);
  });
});

describe("a rotation", () => {
  test("has both secrets sign until the former one's time is over", async () => {
    const told = await listening(api);
    await workshop(api);
    const { id } = told.endpoint;
    const { rotateWebhookSecret } = await did(told, ROTATE, { id, version: 1, overlapHours: 1 });
    const { secret } = rotateWebhookSecret.newWebhookSecret;
    expect(secret).not.toBe(told.secret);
    await happen(told.own);
    await settled(told, 1);
    const [received] = told.receiver.received;
    for (const each of [secret, told.secret]) expect(verified(received!, each).type).toBe("candidate.updated");
    expect(String(received!.headers["webhook-signature"]).split(" ")).toHaveLength(2);

    await did(told, ROTATE, { id, version: 2, overlapHours: 0 });
    await happen(told.own);
    await settled(told, 2);
    const last = told.receiver.received.at(-1)!;
    expect(String(last.headers["webhook-signature"]).split(" ")).toHaveLength(1);
    expect(() => new Webhook(secret).verify(last.body, last.headers as Record<string, string>)).toThrow();
  });
});

describe("an endpoint that was off", () => {
  const offAndOn = async (skipMissed: boolean) => {
    const told = await listening(api, { answer: status(500) });
    const { quiet } = await workshop(api, { ...HASTY, haste: 1 });
    const objectId = await happen(told.own);
    await until(() => told.receiver.received.length === 1);
    await did(told, DISABLE, { id: told.endpoint.id, reason: "Moving house." });
    await happen(told.own, objectId, 2);
    await quiet();
    expect(told.receiver.received).toHaveLength(1);
    told.receiver.answer(status(200));
    await did(told, ENABLE, { id: told.endpoint.id, version: await versionOf(told), skipMissed });
    return { told, quiet };
  };

  test("is sent what it missed, in order", async () => {
    const { told } = await offAndOn(false);
    await settled(told, 3);
    const said = told.receiver.received.slice(1).map((each) => verified(each, told.secret).data.changes[0]);
    expect(said).toEqual(["time0", "time0", "time1"]);
    expect((await deliveriesOf(told)).map(({ state }) => state)).toEqual(["DELIVERED", "DELIVERED", "DELIVERED"]);
  });

  test("passes over what it missed where that is wished, and hears what comes", async () => {
    const { told, quiet } = await offAndOn(true);
    await quiet();
    await happen(told.own);
    await settled(told, 2);
    expect((await deliveriesOf(told)).map(({ state }) => state)).toEqual(["DISCARDED", "DELIVERED"]);
    expect(told.receiver.received).toHaveLength(2);
  });
});

describe("an endpoint that was off for longer than the journal is kept", () => {
  test("is enabled where it passes over what it missed, and not otherwise", async () => {
    const told = await listening(api);
    const { id } = told.endpoint;
    await did(told, DISABLE, { id, reason: "Away." });
    await happen(told.own, undefined, 4);
    const { organizationId } = told.own;
    await sequence(api.database, organizationId);
    const [{ position }] = (await sql("select position from webhook_endpoints where id = $1", id)) as [
      { position: string },
    ];
    await withClient(ownerUrl, async (client) => {
      await client.query("begin");
      await client.query("select trim_journal($1, $2, $3)", [
        organizationId,
        Number(position) + 3,
        newId("JournalEntry"),
      ]);
      await client.query("commit");
    });
    const input = { id, version: await versionOf(told) };
    expect(faultsOf(await tried(told, ENABLE, input))).toMatchObject([
      { code: "ILLEGAL_MOVE", field: ["skipMissed"], message: expect.stringContaining("no longer kept") },
    ]);
    const { enableWebhookEndpoint } = await did(told, ENABLE, { ...input, skipMissed: true });
    expect(enableWebhookEndpoint.webhookEndpoint.state).toBe("ENABLED");
  });
});

describe("testWebhook", () => {
  test("tells at once what came back, of a DISABLED endpoint too", async () => {
    const told = await listening(api, { answer: (response) => void response.writeHead(201).end("Hello.") });
    const { id } = told.endpoint;
    await did(told, DISABLE, { id, reason: "Not yet." });
    const { testWebhook } = await did(told, TEST, { id });
    const { webhookAttempt } = testWebhook;
    expect(webhookAttempt).toMatchObject({
      number: 1,
      responseStatus: 201,
      responseBody: "Hello.",
      failure: null,
      delivery: { type: "webhook.test", state: "DELIVERED", endpoint: { id } },
    });
    const said = verified(told.receiver.received[0]!, told.secret);
    expect(said).toMatchObject({ id: webhookAttempt.delivery.id, type: "webhook.test", data: { objectId: id } });
  });

  test("tells of what fails, does not repeat it, and changes nothing else", async () => {
    const told = await listening(api, { answer: status(410) });
    const { quiet } = await workshop(api);
    const { testWebhook } = await did(told, TEST, { id: told.endpoint.id });
    expect(testWebhook.webhookAttempt).toMatchObject({ responseStatus: 410, delivery: { state: "FAILED" } });
    await quiet();
    expect(told.receiver.received).toHaveLength(1);
    const [row] = await sql("select state, failing_since from webhook_endpoints where id = $1", told.endpoint.id);
    expect(row).toEqual({ state: "ENABLED", failing_since: null });
    const replayed = await tried(told, REPLAY, { id: testWebhook.webhookAttempt.delivery.id });
    expect(faultsOf(replayed)).toMatchObject([{ code: "ILLEGAL_MOVE", field: ["id"] }]);
  });

  test("looks again where the host leads", async () => {
    const told = await listening(api);
    registerOutbound({ allowed: [], haste: 1 });
    await sql("update webhook_endpoints set url = 'https://127.0.0.1/' where id = $1", told.endpoint.id);
    const { testWebhook } = await did(told, TEST, { id: told.endpoint.id });
    expect(testWebhook.webhookAttempt).toMatchObject({
      responseStatus: null,
      failure: "The host leads to an address that is not on the public internet.",
    });
  });
});

describe("testWebhook under a key", () => {
  const sending = (told: Listening, key: string) => {
    const query = `mutation ($id: ID!) { testWebhook(input: { id: $id }) { webhookAttempt { id failure } userErrors { code } } }`;
    return post(api, told.own.people.admin, key, { query, variables: { id: told.endpoint.id } });
  };
  const attemptIn = ({ body }: Reply) => body.data.testWebhook.webhookAttempt;

  test("sends once, however often it comes and whether its answer was lost", async () => {
    const told = await listening(api, {
      answer: (response, sent) => setTimeout(() => status(204)(response, sent), 200),
    });
    const replies = await Promise.all(Array.from({ length: 6 }, () => sending(told, "test-six")));
    const codes = replies.map(({ code }) => code ?? "done").sort();
    expect(codes).toEqual([
      "IDEMPOTENCY_IN_PROGRESS",
      "IDEMPOTENCY_IN_PROGRESS",
      "IDEMPOTENCY_IN_PROGRESS",
      "IDEMPOTENCY_IN_PROGRESS",
      "IDEMPOTENCY_IN_PROGRESS",
      "done",
    ]);
    await loseAnswer("test-six");
    const again = await sending(told, "test-six");
    expect(attemptIn(again).id).toBe(attemptIn(replies.find(({ code }) => !code)!).id);
    expect(told.receiver.received).toHaveLength(1);
  });

  test("tells that nobody knows where the server ended meanwhile", async () => {
    const told = await listening(api);
    const first = await sending(told, "test-lost");
    expect(attemptIn(first).failure).toBeNull();
    await loseAnswer("test-lost");
    const stepBack = (begunAt: Date) =>
      sql(
        "update idempotent_requests set result = jsonb_build_array(jsonb_build_object('$date', $2::text)) where key = $1",
        "test-lost",
        begunAt.toISOString(),
      );
    await stepBack(new Date());
    expect((await sending(told, "test-lost")).code).toBe("IDEMPOTENCY_IN_PROGRESS");
    await stepBack(new Date(Date.now() - 61_000));
    expect(attemptIn(await sending(told, "test-lost")).failure).toMatch(/not known/);
    expect(told.receiver.received).toHaveLength(1);
  });
});

describe("a replay", () => {
  test("sends a delivery again under its id, and an earlier one first", async () => {
    const told = await listening(api);
    await workshop(api);
    await happen(told.own, undefined, 3);
    await settled(told, 3);
    const [first] = await deliveriesOf(told);
    await did(told, REPLAY, { id: first!.id });
    await until(() => told.receiver.received.length === 4);
    expect(told.receiver.received[3]!.headers["webhook-id"]).toBe(first!.id);
    expect(told.receiver.received[3]!.body).toBe(told.receiver.received[0]!.body);
  });

  test("of a period sends all of it, in order per object", async () => {
    const told = await listening(api);
    await workshop(api);
    await happen(told.own, undefined, 5);
    await happen(told.own, undefined, 5);
    await settled(told, 10);
    await sql("update webhook_deliveries set state = 'FAILED' where id = $1", (await deliveriesOf(told))[2]!.id);
    const period = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 60_000) };
    const input = { endpointId: told.endpoint.id, ...period };
    expect((await did(told, REPLAY_ALL, input)).replayWebhookDeliveries.webhookReplay.count).toBe(1);
    await settled(told, 10);
    const { count } = (await did(told, REPLAY_ALL, { ...input, onlyFailed: false })).replayWebhookDeliveries
      .webhookReplay;
    expect(count).toBe(10);
    await until(() => told.receiver.received.length === 21);
    const again = told.receiver.received.slice(11).map((each) => verified(each, told.secret).data);
    for (const objectId of new Set(again.map((each) => each.objectId))) {
      const said = again.filter((each) => each.objectId === objectId).map(({ changes }) => changes[0]);
      expect(said).toEqual(["time0", "time1", "time2", "time3", "time4"]);
    }
    const nothing = { ...input, until: new Date(Date.now() - 30_000) };
    expect((await did(told, REPLAY_ALL, nothing)).replayWebhookDeliveries.webhookReplay.count).toBe(0);
  });

  test("is refused while it is under way, while the endpoint is off, and for periods that cannot be", async () => {
    const told = await listening(api, { answer: status(500) });
    const { quiet } = await workshop(api, { ...HASTY, haste: 1 });
    await happen(told.own);
    await quiet();
    const [delivery] = await deliveriesOf(told);
    const [{ id: endpointId }, now] = [told.endpoint, Date.now()];
    const codeOf = async (mutation: string, input: object) => faultsOf(await tried(told, mutation, input))[0]?.code;
    expect(await codeOf(REPLAY, { id: delivery!.id })).toBe("ILLEGAL_MOVE");
    const from = new Date(now - 1000);
    expect(await codeOf(REPLAY_ALL, { endpointId, from, until: new Date(now - 2000) })).toBe("BAD_INPUT");
    expect(await codeOf(REPLAY_ALL, { endpointId, from, until: new Date(now + 40 * 86_400_000) })).toBe("BAD_INPUT");
    await did(told, DISABLE, { id: endpointId, reason: "Moving." });
    expect(await codeOf(REPLAY, { id: delivery!.id })).toBe("ILLEGAL_MOVE");
    expect(await codeOf(REPLAY_ALL, { endpointId, from, until: new Date(now) })).toBe("ILLEGAL_MOVE");
  });

  test("takes 10,000 at most", async () => {
    const told = await listening(api);
    await sql(
      `insert into webhook_deliveries (organization_id, id, created_at, endpoint_id, position, type, object_id, body, state, attempts)
       select organization_id, gen_random_uuid(), now(), id, n, 'job.created', id, '{}', 'FAILED', 10
       from webhook_endpoints, generate_series(1, 10001) n where id = $1`,
      told.endpoint.id,
    );
    // Random ids are no times; all of them are later than the first that there can be.
    const input = {
      endpointId: told.endpoint.id,
      from: new Date(Date.now() - 60_000),
      until: new Date(Date.now() + 60_000),
    };
    await sql(
      "update webhook_deliveries set id = overlay(id::text placing 'ffffffff' from 1 for 8)::uuid where endpoint_id = $1",
      told.endpoint.id,
    );
    expect(faultsOf(await tried(told, REPLAY_ALL, input))).toMatchObject([
      { code: "TOO_MANY_DELIVERIES", field: ["until"] },
    ]);
  });
});

describe("the log", () => {
  test("lists deliveries by what is asked of them", async () => {
    const told = await listening(api);
    await workshop(api);
    const objectId = await happen(told.own, undefined, 2);
    await happen(told.own);
    await settled(told, 3);
    const list = "query ($filter: WebhookDeliveryFilter) { webhookDeliveries(filter: $filter) { totalCount } }";
    const counted = async (filter: object) =>
      (await api.ask(told.own.people.admin, list, { filter })).webhookDeliveries.totalCount;
    expect(await counted({})).toBe(3);
    expect(await counted({ objectId })).toBe(2);
    expect(await counted({ endpointId: told.endpoint.id, states: ["DELIVERED"] })).toBe(3);
    expect(await counted({ states: ["FAILED", "PENDING"] })).toBe(0);
    expect(await counted({ types: ["candidate.updated"] })).toBe(3);
    expect(await counted({ types: ["candidate.created"] })).toBe(0);
    expect(await counted({ until: new Date(0) })).toBe(0);
  });

  test("forgets what is done after 30 days with its tries, and nothing that is still to be sent", async () => {
    const told = await listening(api);
    await workshop(api);
    await happen(told.own);
    await settled(told, 1);
    // Of an id, the first 48 bits are its time.
    const then = (Date.now() - 31 * 86_400_000).toString(16).padStart(12, "0");
    const aged = (end: string) => `${then.slice(0, 8)}-${then.slice(8)}-7081-8000-00000000000${end}`;
    const [kept] = await deliveriesOf(told);
    for (const [id, state, position] of [
      [aged("1"), "DELIVERED", -2],
      [aged("2"), "PENDING", -1],
    ]) {
      await sql(
        `insert into webhook_deliveries (organization_id, id, created_at, endpoint_id, position, type, object_id, body, state, attempts)
         select organization_id, $2, created_at, endpoint_id, $4, type, id, body, $3, 1 from webhook_deliveries where id = $1`,
        kept!.id,
        id,
        state,
        position,
      );
      await sql(
        `insert into webhook_attempts (organization_id, id, created_at, delivery_id, number, duration_milliseconds, request_headers)
         select organization_id, $1, created_at, $1, 1, 1, '' from webhook_endpoints where id = $2`,
        id,
        told.endpoint.id,
      );
    }
    await forgetDeliveries(told.own.as("admin"));
    expect((await deliveriesOf(told)).map(({ id }) => id)).toEqual([aged("2"), kept!.id]);
    const tries = await sql("select delivery_id from webhook_attempts where delivery_id = any($1)", [
      aged("1"),
      aged("2"),
    ]);
    expect(tries).toEqual([{ delivery_id: aged("2") }]);
  });
});
