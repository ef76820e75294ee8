import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createApiKey, revokeApiKey, rotateApiKey } from "./api-key.actions";
import { ApiKey } from "./api-key.entity";
import { CreateApiKeyInput, RevokeApiKeyInput, RotateApiKeyInput } from "./api-key.input";
import { ApiKeyType, NewApiKeyType } from "./api-key.type";
import type { Ctx } from "./viewer.type";

const CreateApiKeyPayload = payloadOf("CreateApiKey", "newApiKey", () => NewApiKeyType, "The key with its secret.");
const RotateApiKeyPayload = payloadOf("RotateApiKey", "newApiKey", () => NewApiKeyType, "The key with its new secret.");
const RevokeApiKeyPayload = payloadOf(
  "RevokeApiKey",
  "apiKey",
  () => ApiKeyType,
  "The key, which opens nothing any more.",
);

@Resolver()
export class ApiKeyResolver {
  @Query(() => connectionOf(ApiKey), {
    description: "Keys of the organisation's programs, newest first. For an ADMIN.",
  })
  apiKeys(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, ApiKey, args);
  }

  @Mutation(() => CreateApiKeyPayload, { description: "Makes a key for a program. Its secret is told this once." })
  createApiKey(@Context() ctx: Ctx, @Input(() => CreateApiKeyInput) input: CreateApiKeyInput) {
    return payload(ctx, "newApiKey", input, createApiKey);
  }

  @Mutation(() => RotateApiKeyPayload, {
    description:
      "Gives a key another secret. The one that it had opens for some hours more, so that nothing stands still.",
  })
  rotateApiKey(@Context() ctx: Ctx, @Input(() => RotateApiKeyInput) input: RotateApiKeyInput) {
    return payload(ctx, "newApiKey", input, rotateApiKey);
  }

  @Mutation(() => RevokeApiKeyPayload, {
    description: "Closes a key for good: it opens nothing from the next request on.",
  })
  revokeApiKey(@Context() ctx: Ctx, @Input(() => RevokeApiKeyInput) input: RevokeApiKeyInput) {
    return payload(ctx, "apiKey", input, revokeApiKey);
  }
}
