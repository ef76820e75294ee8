import { ExternalReference } from "../../src/candidates/external-reference.entity";
import { Panelist } from "../../src/interviews/interview-session.entity";
import { allRows } from "../../src/platform/db/reader";
import { IdempotentRequest } from "../../src/platform/idempotent-request.entity";
import { newId } from "../../src/platform/ids";
import { SetAsideJob } from "../../src/platform/jobs/set-aside-job.entity";
import { ScorecardReminder } from "../../src/scorecards/scorecard-reminder.entity";
import { WebhookAttempt, WebhookDelivery } from "../../src/webhooks/webhook-delivery.entity";
import { WebhookEndpoint } from "../../src/webhooks/webhook-endpoint.entity";
import type { Company } from "./company";

/** A row of each table that the server's own work leaves behind. Somebody must sit on a panel. */
export async function worked({ as }: Company): Promise<void> {
  const { db, viewer } = as("admin");
  await db.transaction(async (tx) => {
    const [panelist] = await allRows(tx, Panelist, () => "true", "limit 1");
    await tx.insert(ScorecardReminder, { panelistId: panelist!.id, number: 1 });
    await tx.insert(SetAsideJob, { job: "tests.job", facts: {}, attempts: 1, failure: "It failed.", retriedAt: null });
    const done = { key: newId("Job"), requestHash: "hash", result: {}, answer: null };
    await tx.insert(IdempotentRequest, { actorId: viewer.id!, ...done });
  });
}

/** The same, and a row of each table that other systems leave behind. */
export async function integrated(company: Company): Promise<void> {
  const { as, job, people } = company;
  await worked(company);
  await as("admin").db.transaction(async (tx) => {
    const nobody = { candidateId: null, applicationId: null };
    await tx.insert(ExternalReference, { system: "greenhouse", externalId: "4711", jobId: job.id, ...nobody });
    const endpoint = await tx.insert(WebhookEndpoint, {
      url: "https://hooks.example/assay",
      description: "",
      eventTypes: [],
      state: "ENABLED",
      disabledReason: null,
      secret: "whsec_bm90aGluZw==",
      formerSecret: null,
      formerUntil: null,
      createdById: people.admin.id,
      position: "0",
      failingSince: null,
      restsUntil: null,
    });
    const delivery = await tx.insert(WebhookDelivery, {
      endpointId: endpoint.id,
      position: "1",
      type: "job.created",
      objectId: job.id,
      body: "{}",
      state: "DELIVERED",
      attempts: 1,
      dueAt: null,
      leasedUntil: null,
      deliveredAt: tx.occasion.now,
    });
    await tx.insert(WebhookAttempt, {
      deliveryId: delivery.id,
      number: 1,
      durationMilliseconds: 12,
      requestHeaders: "",
      responseStatus: 200,
      responseHeaders: "",
      responseBody: "",
      failure: null,
    });
  });
}
