import { mailReader } from "../identity/mail-reader.actions";
import { Member } from "../identity/member.entity";
import type { Ctx } from "../platform/context";
import { allRows } from "../platform/db/reader";
import type { Task } from "../platform/jobs/job";
import { frontPage } from "../platform/mail/letter";
import { mailOf } from "../platform/mail/letter-mail";
import { mailEach, mailId } from "../platform/mail/mailing";
import { endpointDisabled } from "./disabled-endpoint-mail.rules";
import { WebhookEndpoint } from "./webhook-endpoint.entity";

const MAIL = "webhooks.mailDisabled";

/** Has a mail sent to each ADMIN where the server itself has switched an endpoint off. */
export async function tellEndpointDisabled(ctx: Ctx, task: Task): Promise<void> {
  const { entry } = task;
  if (entry?.actorKind !== "WORKER") return;
  const admins = await allRows(ctx.db, Member, () => "t.role = 'ADMIN' and t.active", "order by t.id");
  const memberIds = admins.map(({ id }) => id);
  await mailEach(task, { job: MAIL, entryId: entry.id, memberIds, facts: { endpointId: entry.objectId } });
}

/** Tells one ADMIN of it, unless somebody has enabled the endpoint meanwhile. */
export async function mailEndpointDisabled(ctx: Ctx, { facts, mailer, publicUrl }: Task): Promise<void> {
  const { entryId, endpointId, memberId } = facts as Record<string, string>;
  const own = await allRows(ctx.db, WebhookEndpoint, (bind) => `t.id = ${bind(endpointId)} and t.state = 'DISABLED'`);
  const [endpoint] = own;
  const reader = endpoint && (await mailReader(ctx, memberId!));
  if (!endpoint || reader?.member.role !== "ADMIN") return;
  const { host } = new URL(endpoint.url);
  const letter = endpointDisabled({ host, reason: endpoint.disabledReason, url: frontPage(publicUrl) });
  await mailer.send(mailOf({ id: mailId(MAIL, entryId!, memberId!), to: reader.member, letter }));
}
