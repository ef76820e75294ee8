import { Check, Column, Entity, ForeignKey, Index } from "typeorm";
import { OrganizationRow } from "../platform/db/row";

const ONE = ["organizationId", "system", "externalId"];

/** What another system, such as an ATS, calls a candidate, a job or an application: one of the three. */
@Entity("external_references")
@Check("external_references_one", "num_nonnulls(candidate_id, job_id, application_id) = 1")
@Index("ix_external_references_candidate", ONE, { unique: true, where: "candidate_id is not null" })
@Index("ix_external_references_job", ONE, { unique: true, where: "job_id is not null" })
@Index("ix_external_references_application", ONE, { unique: true, where: "application_id is not null" })
@Index(["organizationId", "candidateId"])
@Index(["organizationId", "jobId"])
@Index(["organizationId", "applicationId"])
@ForeignKey("Candidate", ["organizationId", "candidateId"], ["organizationId", "id"], {
  name: "fk_external_references_candidate",
})
@ForeignKey("Job", ["organizationId", "jobId"], ["organizationId", "id"], { name: "fk_external_references_job" })
@ForeignKey("Application", ["organizationId", "applicationId"], ["organizationId", "id"], {
  name: "fk_external_references_application",
})
export class ExternalReference extends OrganizationRow {
  /** Slug of the system, such as `greenhouse`. */
  @Column("text")
  system!: string;

  /** The id there, unique there among candidates, jobs or applications. */
  @Column("text")
  externalId!: string;

  @Column("uuid", { nullable: true })
  candidateId!: string | null;

  @Column("uuid", { nullable: true })
  jobId!: string | null;

  @Column("uuid", { nullable: true })
  applicationId!: string | null;
}
