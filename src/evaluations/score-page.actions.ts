import { createHash } from "node:crypto";
import { Application } from "../candidates/application.entity";
import { Candidate } from "../candidates/candidate.entity";
import { Job } from "../candidates/job.entity";
import type { Member } from "../identity/member.entity";
import { contextBehind } from "../identity/secret-link.actions";
import type { Ctx } from "../identity/viewer.type";
import type { Database } from "../platform/db/database";
import { byId } from "../platform/db/loaders";
import type { Bind } from "../platform/db/nouns";
import { allRows, organizationReader } from "../platform/db/reader";
import type { LinkedDocument } from "../platform/http/linked-documents";
import type { SecretLink } from "../platform/secret-link";
import { systemClock } from "../platform/time";
import { evaluationOf } from "./evaluation.actions";
import { pictureOf } from "./score-chart.actions";
import { ScoreLink } from "./score-link.entity";
import { scorePage } from "./score-page.rules";
import { SCORE_PAGE_STYLE } from "./score-page-style.rules";

const styleHash = createHash("sha256").update(SCORE_PAGE_STYLE).digest("base64");

/** The page under a score's link. */
export const scoreDocument: LinkedDocument = {
  path: "/score/:token",
  type: "text/html; charset=utf-8",
  contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  cost: 100,
  read: async (database, link, requestId) => {
    const row = await workingRow(database, link);
    const opened = row && (await contextBehind(database, link, { ...row, memberId: row.createdById }, requestId));
    return opened && pageFor(opened.ctx, opened.member, row.id);
  },
};

/** What the link names; null where there is none, or it was revoked or has expired. */
async function workingRow(database: Database, { organizationId, id }: SecretLink): Promise<ScoreLink | null> {
  const working = (bind: Bind) =>
    `t.id = ${bind(id)} and t.revoked_at is null and t.expires_at > ${bind(systemClock())}`;
  const [row] = await allRows(organizationReader(database, organizationId), ScoreLink, working);
  return row ?? null;
}

/** What the maker sees now, and no more: null where the score is kept from them by now. */
async function pageFor(ctx: Ctx, maker: Member, linkId: string): Promise<string | null> {
  const link = await byId(ctx.db, ScoreLink, linkId);
  const application = link && (await byId(ctx.db, Application, link.applicationId));
  if (!application) return null;
  const [evaluation, candidate, job] = await Promise.all([
    evaluationOf(ctx, application.id),
    byId(ctx.db, Candidate, application.candidateId),
    byId(ctx.db, Job, application.jobId),
  ]);
  if (!evaluation || !candidate || !job) return null;
  const { createdAt: madeAt, expiresAt } = link;
  const picture = await pictureOf(ctx, evaluation);
  return scorePage({
    candidate: candidate.name,
    job: job.title,
    picture,
    madeBy: maker.name,
    madeAt,
    expiresAt,
    readAt: ctx.now,
  });
}
