import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createRoleProfile, editRoleProfile } from "./role-profile.actions";
import { RoleProfile } from "./role-profile.entity";
import { CreateRoleProfileInput, EditRoleProfileInput } from "./role-profile.input";
import { RoleProfileType } from "./role-profile.type";

const CreateRoleProfilePayload = payloadOf(
  "CreateRoleProfile",
  "roleProfile",
  () => RoleProfileType,
  "The new profile.",
);
const EditRoleProfilePayload = payloadOf(
  "EditRoleProfile",
  "roleProfile",
  () => RoleProfileType,
  "The profile, as it is now.",
);

@Resolver(() => RoleProfileType)
export class RoleProfileResolver {
  @Query(() => connectionOf(RoleProfile), { description: "The roles hired for, by name." })
  roleProfiles(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, RoleProfile, args);
  }

  @Mutation(() => CreateRoleProfilePayload, { description: "Makes a role profile with its first version." })
  createRoleProfile(@Context() ctx: Ctx, @Input(() => CreateRoleProfileInput) input: CreateRoleProfileInput) {
    return payload(ctx, "roleProfile", input, createRoleProfile);
  }

  @Mutation(() => EditRoleProfilePayload, {
    description: "Makes the next version of a role profile. An edit that changes nothing makes none.",
  })
  editRoleProfile(@Context() ctx: Ctx, @Input(() => EditRoleProfileInput) input: EditRoleProfileInput) {
    return payload(ctx, "roleProfile", input, editRoleProfile);
  }
}
