import { must, refuse } from "../platform/errors";
import { newId } from "../platform/ids";
import { announce } from "../platform/journal/announce";
import { newSecretLink } from "../platform/secret-link";
import { ApiKey } from "./api-key.entity";
import type { CreateApiKeyInput, RevokeApiKeyInput, RotateApiKeyInput } from "./api-key.input";
import { daysAfter, distinctScopes, hoursAfter, keyText, openHashes, rotated } from "./api-key.rules";
import type { NewApiKeyType } from "./api-key.type";
import { isMember } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

const USUAL_DAYS = 365;
const USUAL_OVERLAP_HOURS = 24;

/** Makes a key; its text is told this once. @throws Refusal FORBIDDEN */
export function createApiKey(
  ctx: Ctx,
  { name, environment, scopes, expiresInDays = USUAL_DAYS }: CreateApiKeyInput,
): Promise<NewApiKeyType> {
  const { viewer, now } = ctx;
  must(isMember(viewer), "make keys with a key");
  return ctx.db.transaction(async (tx) => {
    const id = newId("ApiKey");
    const { token, secretHash } = newSecretLink(viewer.organizationId, id);
    const apiKey = await tx.insert(ApiKey, {
      id,
      name,
      environment,
      scopes: distinctScopes(scopes),
      createdById: viewer.id,
      secretHash,
      formerSecretHash: null,
      formerUntil: null,
      expiresAt: expiresInDays ? daysAfter(now, expiresInDays) : null,
      revokedAt: null,
      lastUsedAt: null,
    });
    await announce(tx, "api_key.created", apiKey);
    return { secret: keyText(environment, token), apiKey };
  });
}

/** Gives a key another secret; the one that it had opens for some hours more. @throws Refusal NOT_FOUND | STALE_VERSION | KEY_CLOSED */
export function rotateApiKey(ctx: Ctx, { id, version, overlapHours }: RotateApiKeyInput): Promise<NewApiKeyType> {
  return ctx.db.transaction(async (tx) => {
    const key = await tx.claim(ApiKey, id, version);
    if (openHashes(key, ctx.now).length === 0) {
      refuse("KEY_CLOSED", "The key was revoked or has expired: make a new one.", "id");
    }
    const { token, secretHash } = newSecretLink(key.organizationId, id);
    const changes = rotated(key, secretHash, hoursAfter(ctx.now, overlapHours ?? USUAL_OVERLAP_HOURS));
    await announce(tx, "api_key.rotated", key, ["secret"]);
    return { secret: keyText(key.environment, token), apiKey: await tx.change(key, changes) };
  });
}

/** Closes a key for good, with the next request; one that is closed stays so. @throws Refusal NOT_FOUND */
export function revokeApiKey(ctx: Ctx, { id }: RevokeApiKeyInput): Promise<ApiKey> {
  return ctx.db.transaction(async (tx) => {
    const key = await tx.claim(ApiKey, id);
    if (key.revokedAt) return key;
    await announce(tx, "api_key.revoked", key, ["revokedAt"]);
    return tx.change(key, { revokedAt: ctx.now });
  });
}
