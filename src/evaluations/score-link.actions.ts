import { Application } from "../candidates/application.entity";
import { assertNotErased } from "../candidates/candidate-lock.actions";
import type { Ctx } from "../identity/viewer.type";
import { must } from "../platform/errors";
import { newId } from "../platform/ids";
import { announce } from "../platform/journal/announce";
import { newSecretLink } from "../platform/secret-link";
import { MILLISECONDS } from "../platform/time";
import { ScoreLink } from "./score-link.entity";
import type { CreateScoreLinkInput, RevokeScoreLinkInput } from "./score-link.input";
import { mayKeepScoreLinks } from "./score-link.policy";
import type { NewScoreLinkType } from "./score-link.type";
import { mustSeeScore } from "./score-sight.actions";

const USUAL_DAYS = 14;

/** Opens an application's score to whoever has the link. @throws Refusal FORBIDDEN | NOT_FOUND | ERASED | SCORE_WITHHELD */
export function createScoreLink(
  ctx: Ctx,
  { applicationId, expiresInDays }: CreateScoreLinkInput,
): Promise<NewScoreLinkType> {
  const { viewer, now } = ctx;
  must(mayKeepScoreLinks(viewer), "make links to scores");
  return ctx.db.transaction(async (tx) => {
    await assertNotErased(tx, await tx.hold(Application, applicationId, "applicationId"), "applicationId");
    await mustSeeScore(tx, applicationId, "applicationId");
    const id = newId("ScoreLink");
    const { token, secretHash } = newSecretLink(viewer.organizationId, id);
    const scoreLink = await tx.insert(ScoreLink, {
      id,
      applicationId,
      createdById: viewer.id,
      secretHash,
      expiresAt: new Date(now.getTime() + (expiresInDays ?? USUAL_DAYS) * MILLISECONDS.day),
      revokedAt: null,
    });
    await announce(tx, "score_link.created", scoreLink);
    return { path: `/score/${token}`, scoreLink };
  });
}

/** Closes a link for good; one that is closed stays so. @throws Refusal FORBIDDEN | NOT_FOUND */
export function revokeScoreLink(ctx: Ctx, { id }: RevokeScoreLinkInput): Promise<ScoreLink> {
  must(mayKeepScoreLinks(ctx.viewer), "revoke links to scores");
  return ctx.db.transaction(async (tx) => {
    const link = await tx.claim(ScoreLink, id);
    if (link.revokedAt) return link;
    await announce(tx, "score_link.revoked", link, ["revokedAt"]);
    return tx.change(link, { revokedAt: ctx.now });
  });
}
