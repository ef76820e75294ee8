import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { SetAsideJob } from "../platform/jobs/set-aside-job.entity";
import { retryJob } from "./set-aside-job.actions";
import { RetryJobInput } from "./set-aside-job.input";
import { SetAsideJobType } from "./set-aside-job.type";
import type { Ctx } from "./viewer.type";

const RetryJobPayload = payloadOf(
  "RetryJob",
  "setAsideJob",
  () => SetAsideJobType,
  "The job, which is tried again soon.",
);

@Resolver()
export class SetAsideJobResolver {
  @Query(() => connectionOf(SetAsideJob), {
    description: "Work of the server that failed at each of its tries, newest first. For an ADMIN.",
  })
  setAsideJobs(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, SetAsideJob, args);
  }

  @Mutation(() => RetryJobPayload, { description: "Has a job that was set aside tried again." })
  retryJob(@Context() ctx: Ctx, @Input(() => RetryJobInput) input: RetryJobInput) {
    return payload(ctx, "setAsideJob", input, retryJob);
  }
}
