import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createJob } from "./job.actions";
import { Job } from "./job.entity";
import { CreateJobInput } from "./job.input";
import { JobType } from "./job.type";
import { syncListing } from "./sync.actions";
import { JobListArguments } from "./sync.input";

const CreateJobPayload = payloadOf("CreateJob", "job", () => JobType, "The new job.");

@Resolver()
export class JobResolver {
  @Query(() => connectionOf(Job), { description: "Jobs." })
  jobs(@Context() ctx: Ctx, @Args(() => JobListArguments) args: JobListArguments) {
    const wishes = wishesOf(args.filter, () => []);
    return list(ctx, Job, args, syncListing(ctx, "job_id", wishes, args.orderBy));
  }

  @Mutation(() => CreateJobPayload, { description: "Opens a job." })
  createJob(@Context() ctx: Ctx, @Input(() => CreateJobInput) input: CreateJobInput) {
    return payload(ctx, "job", input, createJob);
  }
}
