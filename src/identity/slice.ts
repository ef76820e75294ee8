import { defineSlice } from "../platform/slice";
import * as member from "./member.relations";
import { MemberResolver } from "./member.resolver";
import * as organization from "./organization.relations";
import { ViewerResolver } from "./viewer.resolver";

export const identity = defineSlice({
  name: "identity",
  idTypes: { Organization: 0x010, Member: 0x011 },
  declared: { ...organization, ...member },
  resolvers: [ViewerResolver, MemberResolver],
  refusals: {},
  events: ["organization.created"],
});
