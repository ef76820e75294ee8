import { defineSlice } from "../platform/slice";
import * as accessLog from "./access-log.relations";
import { AccessLogResolver } from "./access-log.resolver";
import * as apiKey from "./api-key.relations";
import { ApiKeyResolver } from "./api-key.resolver";
import * as auditTrail from "./audit-trail.relations";
import { AuditTrailResolver } from "./audit-trail.resolver";
import { maySee, whyNot } from "./grant.rules";
import * as member from "./member.relations";
import { MemberResolver } from "./member.resolver";
import * as organization from "./organization.relations";
import { OrganizationResolver } from "./organization.resolver";
import { ViewerResolver } from "./viewer.resolver";

export const identity = defineSlice({
  name: "identity",
  idTypes: { Organization: 0x010, Member: 0x011, ApiKey: 0x012 },
  declared: { ...organization, ...member, ...apiKey, ...auditTrail, ...accessLog },
  permissions: { maySee, whyNot },
  resolvers: [
    ViewerResolver,
    OrganizationResolver,
    MemberResolver,
    ApiKeyResolver,
    AuditTrailResolver,
    AccessLogResolver,
  ],
  refusals: {
    LAST_ADMIN: "Nobody would be left who is ADMIN and may sign in: make somebody else ADMIN first.",
    KEY_CLOSED: "The key was revoked or has expired.",
  },
  conflicts: {
    uq_members_organization_id_email: {
      field: ["email"],
      message: "A member of this e-mail address was let in just now: read the members again.",
    },
  },
  events: [
    "organization.created",
    "organization.settings_updated",
    "member.invited",
    "member.joined",
    "member.edited",
    "member.deactivated",
    "member.reactivated",
    "api_key.created",
    "api_key.rotated",
    "api_key.revoked",
  ],
});
