import { setTimeout as delay } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import type { Ctx } from "../../src/identity/viewer.type";
import { newId } from "../../src/platform/ids";
import type { Tools } from "../../src/platform/jobs/job";
import { registerOutbound } from "../../src/platform/jobs/outbound";
import { announce } from "../../src/platform/journal/announce";
import { webhookJobs } from "../../src/webhooks/webhook.jobs";
import { createWebhookEndpoint } from "../../src/webhooks/webhook-endpoint.actions";
import type { WebhookEndpoint } from "../../src/webhooks/webhook-endpoint.entity";
import { type Company, company } from "../cast/company";
import type { Api } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { openWorkshop, type Workshop } from "../support/jobs";
import { type Answering, openReceiver, type Received, type Receiver } from "../support/receiver";
import { TOOLS } from "../support/tools";
import { HASTY } from "./hasty";

export interface Listening {
  own: Company;
  ctx: Ctx;
  receiver: Receiver;
  endpoint: WebhookEndpoint;
  secret: string;
}

const open = new Set<{ close(): Promise<void> }>();

/** To be closed after the test. */
export async function opened<S extends { close(): Promise<void> }>(opening: Promise<S>): Promise<S> {
  const made = await opening;
  open.add(made);
  return made;
}

export async function closeAll(): Promise<void> {
  for (const each of [...open].reverse()) await each.close();
  open.clear();
}

/** A dispatcher and a worker for webhooks alone. */
export const workshop = ({ database }: Api, outbound = HASTY): Promise<Workshop> => {
  const tools: Tools = { ...TOOLS, outbound };
  return opened(openWorkshop({ database, slices: [{ jobs: webhookJobs }], tools }));
};

/** An organisation with one endpoint, and whoever listens there. */
export async function listening(
  { database }: Api,
  { answer, eventTypes }: { answer?: Answering; eventTypes?: string[] } = {},
): Promise<Listening> {
  registerOutbound(HASTY);
  const own = await company(database);
  const ctx = own.as("admin");
  const receiver = await opened(openReceiver(answer));
  const { secret, webhookEndpoint } = await createWebhookEndpoint(ctx, { url: receiver.url, eventTypes });
  return { own, ctx, receiver, endpoint: webhookEndpoint, secret };
}

/** Something happens to an object so often; each in a transaction of its own. */
export async function happen(own: Company, objectId = newId("Candidate"), times = 1): Promise<string> {
  const { db, viewer, now } = own.as("admin");
  const object = { organizationId: viewer.organizationId, id: objectId, createdAt: now };
  for (let time = 0; time < times; time++) {
    await db.transaction((tx) => announce(tx, "candidate.updated", object, [`time${time}`]));
  }
  return objectId;
}

/** What was sent, once its signature is proved. @throws where it is not signed with the secret */
export function verified({ headers, body }: Received, secret: string) {
  const said = new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string;
    timestamp: string;
    data: { id: string; objectId: string; changes: string[] };
  };
  return { id: headers["webhook-id"] as string, ...said };
}

/** Runs as the superuser, past the wall. */
export const sql = <R>(text: string, ...values: unknown[]): Promise<R[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

export interface Standing {
  id: string;
  state: string;
  attempts: number;
  type: string;
}

/** The endpoint's deliveries, in the order of what happened. */
export const deliveriesOf = ({ endpoint }: Pick<Listening, "endpoint">): Promise<Standing[]> =>
  sql<Standing>(
    "select id, state, attempts, type from webhook_deliveries where endpoint_id = $1 order by position, id",
    endpoint.id,
  );

/** Waits for it, but not for ever: a test that waits on would keep Jest from ending. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  { within = 20_000, pause = 25 }: { within?: number; pause?: number } = {},
): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await condition()) && performance.now() < deadline) await delay(pause);
  expect(await condition()).toBe(true);
}

/** Waits until every delivery of the endpoint is done. */
export const settled = (told: Pick<Listening, "endpoint">, count: number): Promise<void> =>
  until(async () => {
    const states = (await deliveriesOf(told)).map(({ state }) => state);
    return states.length >= count && !states.some((state) => state === "PENDING" || state === "WAITING");
  });
