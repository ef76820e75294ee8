import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { OrganizationRow } from "../platform/db/row";
import type { PanelHistory } from "./score-prior.rules";

/** What the organisation's past panels say about one rater's spread on a rubric version. Written once; the newest holds. */
@Entity("score_priors")
@Unique(["organizationId", "rubricVersionId", "number"])
@Index(["organizationId", "renewedById"])
@ForeignKey("RubricVersion", ["organizationId", "rubricVersionId"], ["organizationId", "id"], {
  name: "fk_score_priors_rubric_version",
})
@ForeignKey("Member", ["organizationId", "renewedById"], ["organizationId", "id"], {
  name: "fk_score_priors_renewed_by",
})
export class ScorePrior extends OrganizationRow {
  @Column("uuid")
  rubricVersionId!: string;

  /** 1, 2, 3 … of this rubric version. */
  @Column("integer")
  number!: number;

  /** s0, 0..100: standard deviation of a single rater's composite. */
  @Column("double precision")
  standardDeviation!: number;

  /** ν0, 0..20: what this history weighs, in degrees of freedom. */
  @Column("double precision")
  degreesOfFreedom!: number;

  /** What it was made of: the panels that shared criteria, by session. */
  @Column("jsonb")
  panels!: PanelHistory[];

  /** Of the method by which the panels were measured. */
  @Column("text")
  methodVersion!: string;

  /** Null where no member did it. */
  @Column("uuid", { nullable: true })
  renewedById!: string | null;
}
