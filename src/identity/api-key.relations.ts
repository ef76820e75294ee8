import { everyone, noun, one, pages } from "../platform/db/nouns";
import { ApiKey } from "./api-key.entity";
import { Member } from "./member.entity";

/** For those who keep keys, see the table of permissions. */
export const apiKeys = noun(ApiKey, { visible: everyone, descending: true });

export const creatorOfKey = one(ApiKey, "createdBy", Member, {
  by: "createdById",
  always: true,
  description: "Who made it.",
});

export const keysOfMember = pages(Member, "apiKeys", ApiKey, {
  by: "createdById",
  description: "Keys that the member made, newest first; for an ADMIN.",
});
