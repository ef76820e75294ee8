import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { updateOrganizationSettings } from "./organization.actions";
import { UpdateOrganizationSettingsInput } from "./organization.input";
import { OrganizationType } from "./organization.type";
import type { Ctx } from "./viewer.type";

const SettingsPayload = payloadOf(
  "UpdateOrganizationSettings",
  "organization",
  () => OrganizationType,
  "The organisation with its settings as they hold from now on.",
);

@Resolver()
export class OrganizationResolver {
  @Mutation(() => SettingsPayload, {
    description:
      "Changes what your organisation is called and asks of scorecards, when panellists read each other's, and how long candidates are kept. For an ADMIN.",
  })
  updateOrganizationSettings(
    @Context() ctx: Ctx,
    @Input(() => UpdateOrganizationSettingsInput) input: UpdateOrganizationSettingsInput,
  ) {
    return payload(ctx, "organization", input, updateOrganizationSettings);
  }
}
