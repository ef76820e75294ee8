import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createApplication } from "./application.actions";
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
  @Mutation(() => CreateApplicationPayload, { description: "Enters a candidate for a job." })
  createApplication(@Context() ctx: Ctx, @Input(() => CreateApplicationInput) input: CreateApplicationInput) {
    return payload(ctx, "application", input, createApplication);
  }
}
