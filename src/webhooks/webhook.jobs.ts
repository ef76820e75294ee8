import type { Ctx } from "../platform/context";
import { EVERY_EVENT, type Job, type Task } from "../platform/jobs/job";
import { systemClock } from "../platform/time";
import { forgetDeliveries } from "./webhook-forget.actions";
import { endpointsAwaiting, endpointsBehind, recordDeliveries } from "./webhook-record.actions";
import { nextWake, tryAll } from "./webhook-run.actions";
import { another, NOW, nextLook, type Wake } from "./webhook-wake.rules";

/** Has somebody look at an endpoint's deliveries. */
const wake = ({ later }: Task, endpointId: string, { key, at }: Wake): Promise<void> =>
  later({
    job: "webhooks.deliver",
    facts: { endpointId, wake: key },
    key: `webhooks.deliver:${endpointId}:${key}`,
    at,
  });

const cameUnder = ({ facts }: Task): string => String(facts.wake ?? "");

/** What happened is written down for each endpoint, also what happened before and was not. */
const record: Job = {
  on: EVERY_EVENT,
  run: async (ctx, task) => {
    let isMore = false;
    for (const endpointId of await endpointsBehind(ctx)) {
      const { recorded, more } = await recordDeliveries(ctx, endpointId);
      if (recorded > 0) await wake(task, endpointId, NOW);
      isMore ||= more;
    }
    if (isMore) await recordMore(task);
    // The run before may have died after it wrote them down, and before it woke anybody.
    if (task.attempt > 1 || cameUnder(task))
      for (const endpointId of await endpointsAwaiting(ctx)) await wake(task, endpointId, NOW);
  },
};

/** Goes on behind those who wait already, under another key than its own. */
async function recordMore(task: Task): Promise<void> {
  const { key } = another(cameUnder(task));
  await task.later({ job: "webhooks.record", facts: { wake: key }, key: `webhooks.record:${key}` });
}

const deliver: Job = {
  yields: true,
  run: async (ctx, task) => {
    const endpointId = String(task.facts.endpointId);
    await tryAll(ctx, task.outbound, endpointId);
    await wakeInTime(ctx, task, endpointId);
  },
};

/**
 * Leaves nothing without somebody who will look at it. Others may do so too while this one reads: whoever has something
 * become due earlier looks last themselves, and nobody's look takes the place of another's.
 */
async function wakeInTime(ctx: Ctx, task: Task, endpointId: string): Promise<void> {
  const at = await nextWake(ctx, endpointId);
  if (at) await wake(task, endpointId, nextLook(at, systemClock(), cameUnder(task)));
}

/** Somebody had deliveries sent again, or an endpoint hear again. Actions never enqueue: the journal tells. */
const awake: Job = {
  on: ["webhook_endpoint.enabled", "webhook_endpoint.edited", "webhook_endpoint.replayed"],
  run: async (ctx, task) => {
    for (const endpointId of await endpointsAwaiting(ctx)) await wake(task, endpointId, NOW);
  },
};

const forget: Job = {
  at: "23 3 * * *",
  run: (ctx) => forgetDeliveries(ctx),
};

export const webhookJobs: Readonly<Record<string, Job>> = {
  "webhooks.record": record,
  "webhooks.deliver": deliver,
  "webhooks.wake": awake,
  "webhooks.forget": forget,
};
