import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { Instant, OrganizationRow } from "../platform/db/row";
import type { ScoreRecommendation } from "./score.rules";

/** What an application's evaluation came to, stored so that a job's candidates can be ordered; kept by the journal. */
@Entity("standings")
@Unique("uq_standings_application", ["organizationId", "applicationId"])
@Index(["organizationId", "jobId", "id"])
@ForeignKey("Application", ["organizationId", "applicationId"], ["organizationId", "id"], {
  name: "fk_standings_application",
})
@ForeignKey("Job", ["organizationId", "jobId"], ["organizationId", "id"], { name: "fk_standings_job" })
export class Standing extends OrganizationRow {
  @Column("uuid")
  applicationId!: string;

  /** The application's, so that a job's standings are found by an index. */
  @Column("uuid")
  jobId!: string;

  /** 0..100; null without one. */
  @Column("double precision", { nullable: true })
  score!: number | null;

  /** 0..1; null where nothing applicable weighs. */
  @Column("double precision", { nullable: true })
  coverage!: number | null;

  /** 0..1; null where the spread is unknown, as are the next three. */
  @Column("double precision", { nullable: true })
  probabilityAbovePass!: number | null;

  @Column("double precision", { nullable: true })
  intervalLower!: number | null;

  @Column("double precision", { nullable: true })
  intervalUpper!: number | null;

  @Column("boolean", { nullable: true })
  borderline!: boolean | null;

  /** Label of the band that the score reaches. */
  @Column("text", { nullable: true })
  band!: string | null;

  @Column("text")
  recommendation!: ScoreRecommendation;

  @Column("integer")
  raterCount!: number;

  @Column("text")
  methodVersion!: string;

  /** The estimates that the score leans on; empty without history. */
  @Column("uuid", { array: true })
  priorIds!: string[];

  @Instant()
  refreshedAt!: Date;
}
