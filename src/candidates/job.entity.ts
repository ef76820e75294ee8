import { Column, Entity, ForeignKey, Index } from "typeorm";
import { ChangingRow } from "../platform/db/row";

/** An opening, and the profile against which its candidates are measured. */
@Entity("jobs")
@Index(["organizationId", "profileVersionId"])
@Index(["organizationId", "updatedAt", "id"])
@ForeignKey("RoleProfileVersion", ["organizationId", "profileVersionId"], ["organizationId", "id"], {
  name: "fk_jobs_profile_version",
})
export class Job extends ChangingRow {
  @Column("text")
  title!: string;

  @Column("uuid")
  profileVersionId!: string;
}
