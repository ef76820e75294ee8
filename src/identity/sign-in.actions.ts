import { contextOf } from "../platform/context";
import type { Database } from "../platform/db/database";
import { refuse } from "../platform/errors";
import { typeOfId } from "../platform/ids";
import { recordAccess } from "../platform/journal/access-log";
import { announce } from "../platform/journal/announce";
import { Member } from "./member.entity";
import { knownEmail } from "./member.rules";
import { memberBehind } from "./remembered-member.actions";
import type { Claims, VerifyToken } from "./token.actions";
import { memberViewer } from "./viewer.rules";
import type { Ctx } from "./viewer.type";

/** What is known of a request before anybody is. */
export interface Arrival {
  now: Date;
  requestId: string;
  address: string;
  /** Whether it only reads, so that it is enough to know who somebody was a moment ago. */
  mayBeRemembered: boolean;
}

/** Organisations whose log says that a token has come in, as long as this server remembers the token. */
const noted = new WeakMap<Claims, Set<string>>();

/**
 * The context of the member whom the token names, in the organisation that its `org` claim or else
 * `organization` chooses. The first time that a token comes in stands in the access log. @throws Refusal UNAUTHENTICATED
 */
export async function memberContext(
  database: Database,
  verify: VerifyToken,
  { token, organization }: { token: string; organization: string | undefined },
  arrival: Arrival,
): Promise<Ctx> {
  const claims = await verify(token);
  const organizationId = await organizationOf(database, claims, organization);
  const member = await memberBehind(database, { organizationId, email: knownEmail(claims.email) }, arrival);
  if (!member) return refuse("UNAUTHENTICATED", "The token names nobody who may sign in here.");
  const ctx: Ctx = contextOf(database, { viewer: memberViewer(member), ...arrival });
  await note(ctx, claims, member);
  if (!member.active) refuse("UNAUTHENTICATED", "The token names nobody who may sign in here.");
  return ctx;
}

async function note(ctx: Ctx, claims: Claims, { id, organizationId, active, joinedAt }: Member): Promise<void> {
  const known = noted.get(claims) ?? new Set();
  if (known.has(organizationId)) return;
  await recordAccess(
    ctx,
    active
      ? { kind: "SIGNED_IN", about: "Signed in with a token." }
      : { kind: "SIGN_IN_REFUSED", about: "Tried to sign in after being deactivated.", code: "UNAUTHENTICATED" },
  );
  if (active && !joinedAt) await join(ctx, id);
  noted.set(claims, known.add(organizationId));
}

/** The first time: from now on, invitations of other organisations ask nothing of the member. */
const join = (ctx: Ctx, id: string): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    const member = await tx.claim(Member, id);
    if (member.joinedAt) return;
    await announce(tx, "member.joined", member, ["joinedAt"]);
    await tx.change(member, { joinedAt: ctx.now });
  });

async function organizationOf(database: Database, { email, org }: Claims, chosen: string | undefined): Promise<string> {
  if (chosen !== undefined && (typeOfId(chosen) !== "Organization" || (org ?? chosen) !== chosen)) {
    refuse("UNAUTHENTICATED", "The `x-assay-organization` header names no organisation that the token is for.");
  }
  return org ?? chosen ?? onlyOrganization(database, email);
}

async function onlyOrganization(database: Database, email: string): Promise<string> {
  const rows = await database.ask<{ id: string }>("select id from organizations_of_email($1) as id", [email]);
  if (rows.length > 1) {
    refuse(
      "UNAUTHENTICATED",
      "You belong to several organisations: the token's `org` claim or the `x-assay-organization` header must name one.",
    );
  }
  return rows[0]?.id ?? refuse("UNAUTHENTICATED", "The token names nobody who may sign in here.");
}
