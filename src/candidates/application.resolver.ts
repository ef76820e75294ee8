import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createApplication } from "./application.actions";
import { Application } from "./application.entity";
import { CreateApplicationInput } from "./application.input";
import { ApplicationType } from "./application.type";

const CreateApplicationPayload = payloadOf(
  "CreateApplication",
  "application",
  () => ApplicationType,
  "The new application.",
);

@Resolver()
export class ApplicationResolver {
  @Query(() => connectionOf(Application), { description: "Applications that you may see, newest first." })
  applications(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Application, args);
  }

  @Mutation(() => CreateApplicationPayload, { description: "Enters a candidate for a job." })
  createApplication(@Context() ctx: Ctx, @Input(() => CreateApplicationInput) input: CreateApplicationInput) {
    return payload(ctx, "application", input, createApplication);
  }
}
