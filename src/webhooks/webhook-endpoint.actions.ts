import { hoursAfter } from "../identity/api-key.rules";
import { changesOf } from "../identity/change.rules";
import { Organization } from "../identity/organization.entity";
import { isMember } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { must, refuse } from "../platform/errors";
import { TargetRefused, targetOf } from "../platform/http/outbound-target";
import { newSigningSecret } from "../platform/http/standard-webhook";
import { registeredOutbound } from "../platform/jobs/outbound";
import { announce } from "../platform/journal/announce";
import { sequence } from "../platform/journal/sequencer";
import { isExpired } from "./event-reach.rules";
import { WebhookEndpoint } from "./webhook-endpoint.entity";
import type {
  CreateWebhookEndpointInput,
  DisableWebhookEndpointInput,
  EditWebhookEndpointInput,
  EnableWebhookEndpointInput,
  RotateWebhookSecretInput,
} from "./webhook-endpoint.input";
import { MOST_ENDPOINTS, rotatedSecret } from "./webhook-endpoint.rules";
import type { NewWebhookSecretType } from "./webhook-endpoint.type";
import { hearableTypes } from "./webhook-event.actions";
import { beginAnew, discardAll, journalExtent, journalHead } from "./webhook-lane.actions";

const USUAL_OVERLAP_HOURS = 24;

/**
 * Has somebody listen, to what happens from now on; the secret is told this once.
 * @throws Refusal FORBIDDEN | UNKNOWN_EVENT_TYPE | TARGET_NOT_ALLOWED | TARGET_UNREACHABLE | TOO_MANY_ENDPOINTS
 */
export async function createWebhookEndpoint(
  ctx: Ctx,
  { url, description, eventTypes }: CreateWebhookEndpointInput,
): Promise<NewWebhookSecretType> {
  const { viewer } = ctx;
  must(isMember(viewer), "make webhook endpoints with a key");
  const known = hearableTypes(eventTypes ?? []);
  await assertTarget(url);
  await placeAll(ctx);
  return ctx.db.transaction(async (tx) => {
    await assertRoom(tx);
    const secret = newSigningSecret();
    const webhookEndpoint = await tx.insert(WebhookEndpoint, {
      url,
      description: description ?? "",
      eventTypes: known,
      state: "ENABLED",
      disabledReason: null,
      secret,
      formerSecret: null,
      formerUntil: null,
      createdById: viewer.id,
      position: await journalHead(tx),
      failingSince: null,
      restsUntil: null,
    });
    await announce(tx, "webhook_endpoint.created", webhookEndpoint);
    return { secret, webhookEndpoint };
  });
}

/**
 * Changes what an endpoint is, and where: another address is given a fresh start.
 * @throws Refusal NOT_FOUND | STALE_VERSION | UNKNOWN_EVENT_TYPE | TARGET_NOT_ALLOWED | TARGET_UNREACHABLE
 */
export async function editWebhookEndpoint(ctx: Ctx, input: EditWebhookEndpointInput): Promise<WebhookEndpoint> {
  const { id, version, url, description } = input;
  const eventTypes = input.eventTypes && hearableTypes(input.eventTypes);
  if (url) await assertTarget(url);
  return ctx.db.transaction(async (tx) => {
    const endpoint = await tx.claim(WebhookEndpoint, id, version);
    const changes = {
      ...changesOf(endpoint, { url, description }, ["url", "description"]),
      ...(eventTypes && eventTypes.join() !== endpoint.eventTypes.join() ? { eventTypes } : {}),
    };
    await announce(tx, "webhook_endpoint.edited", endpoint, Object.keys(changes));
    return tx.change(endpoint, { ...changes, ...(changes.url ? { failingSince: null, restsUntil: null } : {}) });
  });
}

/** Has an endpoint hear again. @throws Refusal NOT_FOUND | STALE_VERSION | ILLEGAL_MOVE | TOO_MANY_ENDPOINTS */
export async function enableWebhookEndpoint(
  ctx: Ctx,
  { id, version, skipMissed }: EnableWebhookEndpointInput,
): Promise<WebhookEndpoint> {
  const seen = await byId(ctx.db, WebhookEndpoint, id);
  if (skipMissed && seen?.version === version) await placeAll(ctx);
  return ctx.db.transaction(async (tx) => {
    await assertRoom(tx);
    const endpoint = await tx.claim(WebhookEndpoint, id, version);
    if (endpoint.state === "ENABLED") refuse("ILLEGAL_MOVE", "The endpoint is ENABLED already.", "id");
    if (skipMissed) await discardAll(tx, id);
    else {
      await assertKept(tx, endpoint);
      await beginAnew(tx, id, ctx.now);
    }
    await announce(tx, "webhook_endpoint.enabled", endpoint, ["state", "disabledReason"]);
    return tx.change(endpoint, {
      state: "ENABLED",
      disabledReason: null,
      failingSince: null,
      restsUntil: null,
      ...(skipMissed ? { position: await journalHead(tx) } : {}),
    });
  });
}

/** The journal may have been trimmed while the endpoint was off. @throws Refusal ILLEGAL_MOVE */
async function assertKept(tx: Tx, { position }: WebhookEndpoint): Promise<void> {
  if (!isExpired(BigInt(position), await journalExtent(tx))) return;
  const message = "What it missed is no longer kept: enable it with `skipMissed`, and have the receiver sync anew.";
  refuse("ILLEGAL_MOVE", message, "skipMissed");
}

/** Has an endpoint hear no more; one that is off stays so. What is under way is not held up. @throws Refusal NOT_FOUND */
export function disableWebhookEndpoint(
  ctx: Ctx,
  { id, reason }: DisableWebhookEndpointInput,
): Promise<WebhookEndpoint> {
  return ctx.db.transaction(async (tx) => {
    const endpoint = await tx.claim(WebhookEndpoint, id);
    if (endpoint.state === "DISABLED") return endpoint;
    await announce(tx, "webhook_endpoint.disabled", endpoint, ["state", "disabledReason"]);
    return tx.change(endpoint, { state: "DISABLED", disabledReason: reason });
  });
}

/** Gives an endpoint another secret; the one that it had signs too for some hours. @throws Refusal NOT_FOUND | STALE_VERSION */
export function rotateWebhookSecret(
  ctx: Ctx,
  { id, version, overlapHours }: RotateWebhookSecretInput,
): Promise<NewWebhookSecretType> {
  return ctx.db.transaction(async (tx) => {
    const endpoint = await tx.claim(WebhookEndpoint, id, version);
    const secret = newSigningSecret();
    const until = hoursAfter(ctx.now, overlapHours ?? USUAL_OVERLAP_HOURS);
    await announce(tx, "webhook_endpoint.secret_rotated", endpoint, ["secret"]);
    return { secret, webhookEndpoint: await tx.change(endpoint, rotatedSecret(endpoint, secret, until)) };
  });
}

/** Gives what has happened so far its place in the journal, so that what comes after the last place is later than now. */
const placeAll = ({ db, viewer }: Ctx): Promise<void> => sequence(db.database, viewer.organizationId);

/** One at a time, so that the count holds. @throws Refusal TOO_MANY_ENDPOINTS */
async function assertRoom(tx: Tx): Promise<void> {
  await tx.claim(Organization, tx.viewer.organizationId);
  if ((await allRows(tx, WebhookEndpoint, () => "t.state = 'ENABLED'")).length < MOST_ENDPOINTS) return;
  refuse("TOO_MANY_ENDPOINTS", `${MOST_ENDPOINTS} endpoints are ENABLED: disable one that nobody needs any more.`);
}

/** Looks where a URL leads, as every call does again: nobody makes an endpoint that could never be called. @throws Refusal */
async function assertTarget(url: string): Promise<void> {
  try {
    await targetOf(registeredOutbound(), url);
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    if (error.code === "TARGET_NOT_ALLOWED") refuse("TARGET_NOT_ALLOWED", error.message, "url");
    refuse("TARGET_UNREACHABLE", `${error.message} Check its spelling.`, "url");
  }
}
