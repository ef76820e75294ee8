import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createJob } from "./job.actions";
import { Job } from "./job.entity";
import { CreateJobInput } from "./job.input";
import { JobType } from "./job.type";

const CreateJobPayload = payloadOf("CreateJob", "job", () => JobType, "The new job.");

@Resolver()
export class JobResolver {
  @Query(() => connectionOf(Job), { description: "Jobs, newest first." })
  jobs(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Job, args);
  }

  @Mutation(() => CreateJobPayload, { description: "Opens a job." })
  createJob(@Context() ctx: Ctx, @Input(() => CreateJobInput) input: CreateJobInput) {
    return payload(ctx, "job", input, createJob);
  }
}
