import { defineSlice } from "../platform/slice";
import * as accessLog from "./access-log.relations";
import { AccessLogResolver } from "./access-log.resolver";
import * as apiKey from "./api-key.relations";
import { ApiKeyResolver } from "./api-key.resolver";
import * as auditTrail from "./audit-trail.relations";
import { AuditTrailResolver } from "./audit-trail.resolver";
import { maySee, whyNot } from "./grant.rules";
import { forgetOldKeys } from "./idempotent-request.jobs";
import * as idempotentRequest from "./idempotent-request.relations";
import * as member from "./member.relations";
import { MemberResolver } from "./member.resolver";
import { mailInvitation } from "./member-mail.jobs";
import * as organization from "./organization.relations";
import { OrganizationResolver } from "./organization.resolver";
import { personalData } from "./personal-data.actions";
import { retrySetAsideJob } from "./set-aside-job.jobs";
import * as setAsideJob from "./set-aside-job.relations";
import { SetAsideJobResolver } from "./set-aside-job.resolver";
import { ViewerResolver } from "./viewer.resolver";

export const identity = defineSlice({
  name: "identity",
  idTypes: { Organization: 0x010, Member: 0x011, ApiKey: 0x012 },
  declared: {
    ...organization,
    ...member,
    ...apiKey,
    ...auditTrail,
    ...accessLog,
    ...setAsideJob,
    ...idempotentRequest,
  },
  permissions: { maySee, whyNot },
  resolvers: [
    ViewerResolver,
    OrganizationResolver,
    MemberResolver,
    ApiKeyResolver,
    AuditTrailResolver,
    AccessLogResolver,
    SetAsideJobResolver,
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
    "job.set_aside",
    "job.retried",
  ],
  personalData,
  jobs: {
    "identity.retryJob": retrySetAsideJob,
    "identity.mailInvitation": mailInvitation,
    "identity.expireIdempotentRequests": forgetOldKeys,
  },
});
