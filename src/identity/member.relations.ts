import { everyone, noun, one, pages } from "../platform/db/nouns";
import { Member } from "./member.entity";
import { Organization } from "./organization.entity";

export const members = noun(Member, { visible: everyone, orderBy: "email" });

export const organizationOfMember = one(Member, "organization", Organization, {
  by: "employerId",
  always: true,
  description: "Where the member works.",
});

export const membersOfOrganization = pages(Organization, "members", Member, {
  by: "employerId",
  description: "Everybody who works here, by e-mail.",
});
