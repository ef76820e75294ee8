import { everyone, noun, one } from "../platform/db/nouns";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { Job } from "./job.entity";

export const jobs = noun(Job, { visible: everyone, descending: true });

export const profileOfJob = one(Job, "profileVersion", RoleProfileVersion, {
  by: "profileVersionId",
  always: true,
  description: "The profile against which candidates are measured.",
});
