import { setTimeout as delay } from "node:timers/promises";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { eraseCandidate } from "../../src/candidates/candidate-privacy.actions";
import { createApiKey } from "../../src/identity/api-key.actions";
import { newId } from "../../src/platform/ids";
import { announce } from "../../src/platform/journal/announce";
import { sequence } from "../../src/platform/journal/sequencer";
import { tryNext as tryOnce } from "../../src/webhooks/webhook-delivery.actions";
import { recordDeliveries } from "../../src/webhooks/webhook-record.actions";
import { nextWake, tryAll } from "../../src/webhooks/webhook-run.actions";
import { type Api, startApi } from "../support/api";
import { type Answering, status } from "../support/receiver";
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

interface Logged {
  number: number;
  status: number | null;
  failure: string | null;
  headers: string;
  body: string | null;
}

const attemptsOf = (deliveryId: string): Promise<Logged[]> =>
  sql<Logged>(
    `select number, response_status as status, failure, request_headers as headers, response_body as body
     from webhook_attempts where delivery_id = $1 order by id`,
    deliveryId,
  );

const endpointOf = async (id: string) =>
  (
    await sql<{ state: string; reason: string | null; failing: Date | null; rests: Date | null }>(
      "select state, disabled_reason as reason, failing_since as failing, rests_until as rests from webhook_endpoints where id = $1",
      id,
    )
  )[0]!;

/** Something happens, and is written down for the endpoint; nobody sends it yet. */
async function recorded({ own, ctx, endpoint }: Listening): Promise<void> {
  await happen(own);
  await sequence(api.database, own.organizationId);
  await recordDeliveries(ctx, endpoint.id);
}

/** As if its time had come. */
async function triedNow({ ctx, endpoint }: Listening, outbound = HASTY): Promise<void> {
  await sql("update webhook_deliveries set due_at = now() where endpoint_id = $1 and state = 'PENDING'", endpoint.id);
  await sql("update webhook_endpoints set rests_until = null where id = $1", endpoint.id);
  await tryOnce(ctx, outbound, endpoint.id);
}

describe("what happens", () => {
  test("is told as Standard Webhooks has it, with ids and names alone", async () => {
    const told = await listening(api);
    await workshop(api);
    const candidate = await createCandidate(told.ctx, { name: "Ada Lovelace", email: "ada@example.org" });
    await settled(told, 1);
    const [received] = told.receiver.received;
    const { id, type, timestamp, data } = verified(received!, told.secret);
    const [delivery] = await deliveriesOf(told);
    expect({ id, type, data }).toEqual({
      id: delivery!.id,
      type: "candidate.created",
      data: {
        id: expect.any(String),
        objectId: candidate.id,
        objectType: "Candidate",
        actorKind: "MEMBER",
        actorId: told.own.people.admin.id,
        requestId: "test",
        changes: expect.any(Array),
        position: expect.stringMatching(/^\d+$/),
      },
    });
    expect(timestamp).toBe(candidate.createdAt.toISOString());
    expect(received).toMatchObject({
      path: "/hooks",
      headers: { "content-type": "application/json", "user-agent": expect.stringMatching(/^Assay-Webhooks\/\d/) },
    });
    expect(received!.body).not.toMatch(/Ada|example/);
    expect(received!.body.length).toBeLessThan(20_000);
  });

  test("is told to nobody where no key may read it, or where it is about a draft", async () => {
    const told = await listening(api);
    await workshop(api);
    await createApiKey(told.ctx, { name: "Key", environment: "LIVE", scopes: ["audit:read"] });
    const object = { organizationId: told.own.organizationId, id: newId("Candidate"), createdAt: told.ctx.now };
    await told.ctx.db.transaction((tx) => announce(tx, "candidate.updated", object));
    await settled(told, 1);
    expect((await deliveriesOf(told)).map(({ type }) => type)).toEqual(["candidate.updated"]);
  });

  test("is told to those alone who want it", async () => {
    const told = await listening(api, { eventTypes: ["candidate.created"] });
    await workshop(api);
    await happen(told.own);
    await createCandidate(told.ctx, { name: "Ada" });
    await settled(told, 1);
    expect(told.receiver.received.map((each) => verified(each, told.secret).type)).toEqual(["candidate.created"]);
  });

  test("before the endpoint was made is not told", async () => {
    const told = await listening(api);
    await workshop(api);
    await happen(told.own);
    await settled(told, 1);
    expect(told.receiver.received).toHaveLength(1);
  });
});

describe("a receiver that fails", () => {
  test.each<[string, Answering, string]>([
    ["a fault", status(500), "It answered 500; 200 to 299 are wanted."],
    ["a redirect", status(302, { location: "http://127.0.0.1:1/" }), "It answered 302: redirects are not followed."],
  ])("with %s is tried 10 times under one id, and each is in the log", async (_, answer, failure) => {
    const told = await listening(api, { answer });
    await recorded(told);
    for (let left = 10; left > 0; left--) await triedNow(told);
    const [delivery] = await deliveriesOf(told);
    expect(delivery).toMatchObject({ state: "FAILED", attempts: 10 });
    const logged = await attemptsOf(delivery!.id);
    expect(logged.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(logged.map((each) => each.failure))).toEqual(new Set([failure]));
    expect(logged[0]!.headers).toContain(`webhook-id: ${delivery!.id}`);
    expect(logged[0]!.headers).not.toContain("v1,");
    expect(new Set(told.receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(
      new Set([delivery!.id]),
    );
    expect(new Set(told.receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await endpointOf(told.endpoint.id)).toMatchObject({ state: "ENABLED", failing: expect.any(Date) });
  });

  test("and then succeeds has received it, and is well again", async () => {
    let left = 3;
    const told = await listening(api, { answer: (response, sent) => status(left-- > 0 ? 503 : 200)(response, sent) });
    await workshop(api);
    await happen(told.own);
    await settled(told, 1);
    expect(await deliveriesOf(told)).toMatchObject([{ state: "DELIVERED", attempts: 4 }]);
    expect(await endpointOf(told.endpoint.id)).toMatchObject({ state: "ENABLED", failing: null, rests: null });
  });

  test("by hanging rests, with all that is to be told to it", async () => {
    const told = await listening(api, { answer: () => undefined });
    const slow = { ...HASTY, haste: 1, timeoutMilliseconds: 200 };
    await recorded(told);
    await tryOnce(told.ctx, slow, told.endpoint.id);
    const { rests } = await endpointOf(told.endpoint.id);
    expect(rests!.getTime()).toBeGreaterThan(Date.now());
    await recorded(told);
    await tryOnce(told.ctx, slow, told.endpoint.id);
    expect(told.receiver.received).toHaveLength(1);
    expect(await nextWake(told.ctx, told.endpoint.id)).toEqual(rests);
  });

  test("with 410 is disabled, says so in the journal, and loses nothing", async () => {
    const told = await listening(api, { answer: status(410) });
    await workshop(api);
    await happen(told.own);
    await until(async () => (await endpointOf(told.endpoint.id)).state === "DISABLED");
    expect(await endpointOf(told.endpoint.id)).toMatchObject({ reason: "It answered 410: it wants no more." });
    const journal = await sql<{ kind: string }>(
      "select actor_kind as kind from journal_entries where type = 'webhook_endpoint.disabled' and object_id = $1",
      told.endpoint.id,
    );
    expect(journal).toEqual([{ kind: "WORKER" }]);
    expect(await deliveriesOf(told)).toMatchObject([{ state: "PENDING", attempts: 1 }]);
  });

  test("for 5 days is given up", async () => {
    const told = await listening(api, { answer: status(500) });
    await sql(
      "update webhook_endpoints set failing_since = now() - interval '3 minutes' where id = $1",
      told.endpoint.id,
    );
    await workshop(api);
    await happen(told.own);
    await until(async () => (await endpointOf(told.endpoint.id)).state === "DISABLED");
    expect((await endpointOf(told.endpoint.id)).reason).toMatch(/^Nothing was received for 5 days\. .* 500/);
  });

  test("and asks for time is given it", async () => {
    const told = await listening(api, { answer: status(429, { "retry-after": "7200" }) });
    await workshop(api);
    await happen(told.own);
    await until(() => told.receiver.received.length === 1);
    await until(async () => (await endpointOf(told.endpoint.id)).rests !== null);
    const { rests } = await endpointOf(told.endpoint.id);
    const [{ due }] = (await sql<{ due: Date }>(
      "select due_at as due from webhook_deliveries where endpoint_id = $1",
      told.endpoint.id,
    )) as [{ due: Date }];
    // Two hours, 3,600 times as fast, are 2 s.
    expect(
      [rests, due].map((each) => Math.round((each!.getTime() - Date.now()) / 1000)).every((left) => left >= 1),
    ).toBe(true);
    told.receiver.answer(status(200));
    await settled(told, 1);
    expect(told.receiver.received).toHaveLength(2);
  });

  test("says what it says, bounded and without controls", async () => {
    const answer: Answering = (response) =>
      void response.writeHead(500, { "set-cookie": "secret=1" }).end(`\u0000\u0007<b>${"é".repeat(5000)}`);
    const told = await listening(api, { answer });
    await recorded(told);
    await triedNow(told);
    const [delivery] = await deliveriesOf(told);
    const [logged] = await attemptsOf(delivery!.id);
    expect(logged!.body).toBe(`<b>${"é".repeat(1997)}`);
    const [{ headers }] = (await sql<{ headers: string }>(
      "select response_headers as headers from webhook_attempts where delivery_id = $1 limit 1",
      delivery!.id,
    )) as [{ headers: string }];
    expect(headers).not.toContain("secret");
  });
});

describe("the order per object", () => {
  test("holds under several workers, whatever fails", async () => {
    let turn = 0;
    const answer: Answering = (response, sent) =>
      void setTimeout(() => status(turn++ % 3 === 1 ? 500 : 200)(response, sent), (turn * 7) % 30);
    const told = await listening(api, { answer });
    await Promise.all([workshop(api), workshop(api), workshop(api)]);
    const objects = await Promise.all([12, 12, 12, 12, 12].map((times) => happen(told.own, newId("Candidate"), times)));
    await settled(told, 60);
    expect((await deliveriesOf(told)).every(({ state }) => state === "DELIVERED")).toBe(true);
    const first = new Map<string, string>();
    for (const each of told.receiver.received.filter((received) => received.status === 200)) {
      const { id, data } = verified(each, told.secret);
      if (!first.has(id)) first.set(id, `${data.objectId} ${data.changes[0]}`);
    }
    for (const objectId of objects) {
      const heard = [...first.values()].filter((each) => each.startsWith(objectId));
      expect(heard).toEqual(Array.from({ length: 12 }, (_, time) => `${objectId} time${time}`));
    }
  });

  test("has no two tries of one object, and no more than four of one endpoint, at a time", async () => {
    const under = new Map<string, number>();
    let [most, mostOfOne] = [0, 0];
    let haveCome = () => undefined as unknown;
    /** Whoever comes waits for a while until four have been there at once; a fifth would be counted meanwhile. */
    const four = new Promise<unknown>((resolve) => {
      haveCome = () => resolve(null);
    });
    const answer: Answering = (response, sent) => {
      const { objectId } = (JSON.parse(sent.body) as { data: { objectId: string } }).data;
      under.set(objectId, (under.get(objectId) ?? 0) + 1);
      most = Math.max(
        most,
        [...under.values()].reduce((sum, each) => sum + each, 0),
      );
      mostOfOne = Math.max(mostOfOne, under.get(objectId)!);
      if (most >= 4) haveCome();
      Promise.race([four, delay(500)])
        .then(() => delay(20))
        .then(() => {
          under.set(objectId, under.get(objectId)! - 1);
          status(200)(response, sent);
        });
    };
    const told = await listening(api, { answer });
    await Promise.all([workshop(api), workshop(api)]);
    await Promise.all(Array.from({ length: 10 }, () => happen(told.own, newId("Candidate"), 3)));
    await settled(told, 30);
    expect([most, mostOfOne]).toEqual([4, 1]);
    expect(told.receiver.received).toHaveLength(30);
  });
});

describe("what a receiver says of a candidate", () => {
  const saying: Answering = (response) => void response.writeHead(200, { "x-of": "Ada" }).end("Deleted Ada Lovelace.");
  const kept = ({ endpoint }: Listening) =>
    sql<{ type: string; status: number; headers: string | null; body: string | null }>(
      `select d.type, a.response_status as status, a.response_headers as headers, a.response_body as body
       from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id where d.endpoint_id = $1 order by d.position`,
      endpoint.id,
    );
  const tried = async ({ own, ctx, endpoint }: Listening) => {
    await sequence(api.database, own.organizationId);
    await recordDeliveries(ctx, endpoint.id);
    await tryAll(ctx, HASTY, endpoint.id);
  };

  test("who was erased is not kept, but that it answered", async () => {
    const told = await listening(api, { answer: saying });
    const { id } = await createCandidate(told.ctx, { name: "Ada Lovelace" });
    await createCandidate(told.ctx, { name: "Otto" });
    await eraseCandidate(told.ctx, { id, version: 1 });
    await tried(told);
    const nothing = { status: 200, headers: null, body: null };
    expect(await kept(told)).toEqual([
      { type: "candidate.created", ...nothing },
      {
        type: "candidate.created",
        status: 200,
        headers: expect.stringContaining("Ada"),
        body: "Deleted Ada Lovelace.",
      },
      { type: "candidate.erased", ...nothing },
    ]);
  });

  test("who is erased while it answers is not kept", async () => {
    let erasing: Promise<unknown> = Promise.resolve();
    let id = "";
    const told = await listening(api, {
      answer: async (response, sent) => {
        erasing = eraseCandidate(told.ctx, { id, version: 1 });
        await erasing;
        saying(response, sent);
      },
    });
    id = (await createCandidate(told.ctx, { name: "Ada Lovelace" })).id;
    await sequence(api.database, told.own.organizationId);
    await recordDeliveries(told.ctx, told.endpoint.id);
    await tryOnce(told.ctx, HASTY, told.endpoint.id);
    await erasing;
    expect(await kept(told)).toEqual([{ type: "candidate.created", status: 200, headers: null, body: null }]);
  });
});

describe("a worker that dies over a delivery", () => {
  test("is waited for until its lease ends, then another tries", async () => {
    const told = await listening(api);
    await recorded(told);
    await sql(
      "update webhook_deliveries set leased_until = now() + interval '1500 milliseconds' where endpoint_id = $1",
      told.endpoint.id,
    );
    await tryAll(told.ctx, HASTY, told.endpoint.id);
    expect(told.receiver.received).toEqual([]);
    expect((await nextWake(told.ctx, told.endpoint.id))!.getTime()).toBeGreaterThan(Date.now());
    await workshop(api);
    await happen(told.own);
    await settled(told, 2);
    expect(told.receiver.received).toHaveLength(2);
  });

  test("and comes back too late writes nothing down", async () => {
    const told = await listening(api, {
      answer: async (response, sent) => {
        await sql(
          "update webhook_deliveries set leased_until = now() + interval '1 hour' where endpoint_id = $1",
          told.endpoint.id,
        );
        status(200)(response, sent);
      },
    });
    await recorded(told);
    await tryAll(told.ctx, HASTY, told.endpoint.id);
    const [delivery] = await deliveriesOf(told);
    expect(delivery).toMatchObject({ state: "PENDING", attempts: 0 });
    expect(await attemptsOf(delivery!.id)).toEqual([]);
  });
});
