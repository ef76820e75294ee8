import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("role_profile_versions")
export class RoleProfileVersion {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("integer", { name: "pass_mark" })
  passMark!: number;

  @Column("integer", { name: "least_coverage_percent" })
  leastCoveragePercent!: number;

  @Column("jsonb")
  bands!: { label: string; min: number }[];
}

@Entity("expectations")
export class Expectation {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "profile_version_id" })
  profileVersionId!: string;

  @Column("uuid", { name: "skill_id" })
  skillId!: string;

  @Column("integer")
  position!: number;

  @Column("integer")
  weight!: number;

  @Column("integer", { nullable: true })
  gate!: number | null;
}

@Entity("score_priors")
export class ScorePrior {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "rubric_version_id" })
  rubricVersionId!: string;

  @Column("integer")
  number!: number;

  @Column("double precision", { name: "standard_deviation" })
  standardDeviation!: number;

  @Column("double precision", { name: "degrees_of_freedom" })
  degreesOfFreedom!: number;
}

@Entity("organizations")
export class Organization {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("boolean", { name: "require_every_criterion" })
  requireEveryCriterion!: boolean;

  @Column("boolean", { name: "require_evidence_for_extremes" })
  requireEvidenceForExtremes!: boolean;
}

@Entity("journal_entries")
export class JournalEntry {
  @Column("uuid", { name: "organization_id" })
  organizationId!: string;

  @PrimaryColumn("uuid")
  id!: string;

  @Column("timestamptz", { name: "created_at" })
  createdAt!: Date;

  @Column("text")
  type!: string;

  @Column("uuid", { name: "object_id" })
  objectId!: string;

  @Column("text", { name: "actor_kind" })
  actorKind!: string;

  @Column("uuid", { name: "actor_id", nullable: true })
  actorId!: string | null;

  @Column("text", { name: "request_id" })
  requestId!: string;

  @Column("text", { array: true })
  changes!: string[];
}

@ObjectType()
@Entity("standings")
export class Standing {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "application_id" })
  applicationId!: string;

  @Column("uuid", { name: "job_id" })
  jobId!: string;

  @Field(() => Float, { nullable: true })
  @Column("double precision", { nullable: true })
  score!: number | null;

  @Field(() => Float, { nullable: true })
  @Column("double precision", { nullable: true })
  coverage!: number | null;

  @Field(() => Float, { nullable: true })
  @Column("double precision", { name: "probability_above_pass", nullable: true })
  probabilityAbovePass!: number | null;

  @Field(() => Float, { nullable: true })
  @Column("double precision", { name: "interval_lower", nullable: true })
  intervalLower!: number | null;

  @Field(() => Float, { nullable: true })
  @Column("double precision", { name: "interval_upper", nullable: true })
  intervalUpper!: number | null;

  @Field(() => Boolean, { nullable: true })
  @Column("boolean", { nullable: true })
  borderline!: boolean | null;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  band!: string | null;

  @Field(() => String)
  @Column("text")
  recommendation!: string;

  @Field(() => Int)
  @Column("integer", { name: "rater_count" })
  raterCount!: number;
}
