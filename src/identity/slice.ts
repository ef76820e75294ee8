import { defineSlice } from "../platform/slice";
import * as member from "./member.relations";
import { MemberResolver } from "./member.resolver";
import * as organization from "./organization.relations";
import { OrganizationResolver } from "./organization.resolver";
import { ViewerResolver } from "./viewer.resolver";

export const identity = defineSlice({
  name: "identity",
  idTypes: { Organization: 0x010, Member: 0x011 },
  declared: { ...organization, ...member },
  resolvers: [ViewerResolver, OrganizationResolver, MemberResolver],
  refusals: {},
  events: ["organization.created", "organization.settings_updated"],
});
