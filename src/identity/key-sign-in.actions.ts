import { contextOf, type Ctx as PlatformCtx } from "../platform/context";
import type { Database } from "../platform/db/database";
import { allRows, organizationReader } from "../platform/db/reader";
import { refuse } from "../platform/errors";
import { type Access, recordAccess } from "../platform/journal/access-log";
import { networkOf } from "../platform/network";
import { RecentlyUsed } from "../platform/recently-used";
import { opens, readSecretLink, type SecretLink } from "../platform/secret-link";
import { Throttle } from "../platform/throttle";
import { MILLISECONDS, monotonicMilliseconds } from "../platform/time";
import { ApiKey } from "./api-key.entity";
import { openHashes, readKeyText } from "./api-key.rules";
import type { Arrival } from "./sign-in.actions";
import type { KeyViewer } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

/** Keys, what became of them, and networks that this server has seen: the log is asked about each only once. */
const seen = new RecentlyUsed<string, true>({ most: 50_000, weightOf: () => 1 });

/** New networks of one key that are written down at once, and each day: whoever has it cannot fill the log. */
const MOST_NEW = 20;
const novelties = new Throttle({ capacity: MOST_NEW, restoredPerSecond: MOST_NEW / 86_400 }, monotonicMilliseconds);

/**
 * The context of the program that holds the key, in its organisation; `organization` may name no other. A TEST key
 * rehearses. @throws Refusal UNAUTHENTICATED
 */
export async function keyContext(
  database: Database,
  { token, organization }: { token: string; organization: string | undefined },
  arrival: Arrival,
): Promise<Ctx> {
  const read = readKeyText(token);
  const link = read && readSecretLink(read.link);
  const key = link && (await keyBehind(database, link));
  if (!key || key.environment !== read?.environment) return refuse("UNAUTHENTICATED", NOT_OPEN);
  const viewer: KeyViewer = {
    kind: "KEY",
    organizationId: key.organizationId,
    id: key.id,
    scopes: key.scopes,
  };
  const ctx = contextOf(database, { viewer, ...arrival, rehearses: key.environment === "TEST" });
  if (!isOpenTo(link, openHashes(key, arrival.now))) {
    if (isOpenTo(link, [key.secretHash, key.formerSecretHash])) await noteAddress(ctx, CLOSED_KEY);
    return refuse("UNAUTHENTICATED", NOT_OPEN);
  }
  if (organization !== undefined && organization !== key.organizationId) refuse("UNAUTHENTICATED", ELSEWHERE);
  await noteTime(ctx, key);
  await noteAddress(ctx, { kind: "KEY_FROM_NEW_ADDRESS", about: "A key was used from a new address." });
  return ctx;
}

const isOpenTo = (link: SecretLink, hashes: readonly (string | null)[]): boolean =>
  hashes.some((secretHash) => secretHash !== null && opens(link, { secretHash }));

const CLOSED_KEY: Access = {
  kind: "SIGN_IN_REFUSED",
  about: "Tried to come in with a key that was revoked, replaced or has expired.",
  code: "UNAUTHENTICATED",
};

const NOT_OPEN = "The key is not valid, was revoked or has expired: ask an administrator of the organisation for one.";

const ELSEWHERE = "The `x-assay-organization` header names another organisation than the key is of: leave it out.";

async function keyBehind(database: Database, { organizationId, id }: SecretLink): Promise<ApiKey | undefined> {
  const reader = organizationReader(database, organizationId);
  const [key] = await allRows(reader, ApiKey, (bind) => `t.id = ${bind(id)}`);
  return key;
}

/** An entry of the log for an address of a network from which the key never came so, as long as the log remembers. */
async function noteAddress(ctx: PlatformCtx, access: Access): Promise<void> {
  const { viewer, address = "" } = ctx;
  const network = networkOf(address);
  const use = `${viewer.id} ${access.kind} ${network}`;
  if (seen.get(use)) return;
  const before = await ctx.db.all<{ address: string }>(
    "select distinct address from access_log where actor_id = $1 and kind = $2",
    [viewer.id, access.kind],
  );
  const isNew = !before.some((entry) => networkOf(entry.address) === network);
  if (isNew && novelties.pay(`${viewer.id} ${access.kind}`, 1).granted) await recordAccess(ctx, access);
  seen.set(use, true);
}

/** When it was last used, to the minute. Its version stays. */
async function noteTime({ db, viewer, now }: PlatformCtx, { id, lastUsedAt }: ApiKey): Promise<void> {
  if (now.getTime() - (lastUsedAt?.getTime() ?? 0) < MILLISECONDS.minute) return;
  await db.database.write(viewer.organizationId, (runner) =>
    runner.query("update api_keys set last_used_at = greatest(last_used_at, $2) where id = $1", [id, now]),
  );
}
