import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import {
  createWebhookEndpoint,
  disableWebhookEndpoint,
  editWebhookEndpoint,
  enableWebhookEndpoint,
  rotateWebhookSecret,
} from "./webhook-endpoint.actions";
import { WebhookEndpoint } from "./webhook-endpoint.entity";
import {
  CreateWebhookEndpointInput,
  DisableWebhookEndpointInput,
  EditWebhookEndpointInput,
  EnableWebhookEndpointInput,
  RotateWebhookSecretInput,
} from "./webhook-endpoint.input";
import { NewWebhookSecretType, WebhookEndpointType } from "./webhook-endpoint.type";

const endpointPayload = (mutation: string, description: string) =>
  payloadOf(mutation, "webhookEndpoint", () => WebhookEndpointType, description);
const secretPayload = (mutation: string, description: string) =>
  payloadOf(mutation, "newWebhookSecret", () => NewWebhookSecretType, description);

const CreateWebhookEndpointPayload = secretPayload("CreateWebhookEndpoint", "The endpoint with its secret.");
const EditWebhookEndpointPayload = endpointPayload("EditWebhookEndpoint", "The endpoint as it is now.");
const EnableWebhookEndpointPayload = endpointPayload("EnableWebhookEndpoint", "The endpoint, which hears again.");
const DisableWebhookEndpointPayload = endpointPayload("DisableWebhookEndpoint", "The endpoint, which hears no more.");
const RotateWebhookSecretPayload = secretPayload("RotateWebhookSecret", "The endpoint with its new secret.");

@Resolver()
export class WebhookEndpointResolver {
  @Query(() => connectionOf(WebhookEndpoint), {
    description: "Where others listen to what happens in the organisation, newest first. For an ADMIN.",
  })
  webhookEndpoints(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, WebhookEndpoint, args);
  }

  @Mutation(() => CreateWebhookEndpointPayload, {
    description:
      "Has somebody listen to what happens from now on. The secret that signs is told this once. At most 20 are ENABLED.",
  })
  createWebhookEndpoint(
    @Context() ctx: Ctx,
    @Input(() => CreateWebhookEndpointInput) input: CreateWebhookEndpointInput,
  ) {
    return payload(ctx, "newWebhookSecret", input, createWebhookEndpoint);
  }

  @Mutation(() => EditWebhookEndpointPayload, { description: "Changes where an endpoint is, and what it hears of." })
  editWebhookEndpoint(@Context() ctx: Ctx, @Input(() => EditWebhookEndpointInput) input: EditWebhookEndpointInput) {
    return payload(ctx, "webhookEndpoint", input, editWebhookEndpoint);
  }

  @Mutation(() => EnableWebhookEndpointPayload, {
    description: "Has an endpoint hear again. What happened while it was off is sent now, unless you skip it.",
  })
  enableWebhookEndpoint(
    @Context() ctx: Ctx,
    @Input(() => EnableWebhookEndpointInput) input: EnableWebhookEndpointInput,
  ) {
    return payload(ctx, "webhookEndpoint", input, enableWebhookEndpoint);
  }

  @Mutation(() => DisableWebhookEndpointPayload, {
    description: "Sends an endpoint nothing more; one that is DISABLED stays so.",
  })
  disableWebhookEndpoint(
    @Context() ctx: Ctx,
    @Input(() => DisableWebhookEndpointInput) input: DisableWebhookEndpointInput,
  ) {
    return payload(ctx, "webhookEndpoint", input, disableWebhookEndpoint);
  }

  @Mutation(() => RotateWebhookSecretPayload, {
    description:
      "Gives an endpoint another secret. The one that it had signs too for some hours, so that nothing is lost.",
  })
  rotateWebhookSecret(@Context() ctx: Ctx, @Input(() => RotateWebhookSecretInput) input: RotateWebhookSecretInput) {
    return payload(ctx, "newWebhookSecret", input, rotateWebhookSecret);
  }
}
