import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow } from "../platform/db/row";
import type { ApplicationStatus } from "./application.rules";

/** A candidate for a job: what interviews and scores are about. */
@Entity("applications")
@Unique(["organizationId", "candidateId", "jobId"])
@Index(["organizationId", "jobId", "id"])
@Index(["organizationId", "updatedAt", "id"])
@ForeignKey("Candidate", ["organizationId", "candidateId"], ["organizationId", "id"], {
  name: "fk_applications_candidate",
})
@ForeignKey("Job", ["organizationId", "jobId"], ["organizationId", "id"], { name: "fk_applications_job" })
export class Application extends ChangingRow {
  @Column("uuid")
  candidateId!: string;

  @Column("uuid")
  jobId!: string;

  @Column("text", { default: "ACTIVE" })
  status!: ApplicationStatus;
}
