import { Check, Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { OrganizationRow } from "../platform/db/row";
import type { GateRule } from "./rubric.rules";

/** A way of rating what a candidate shows. Its criteria stand in its versions. */
@Entity("rubrics")
@Unique(["organizationId", "name"])
export class Rubric extends OrganizationRow {
  @Column("text")
  name!: string;
}

/** A rubric at one time. Never changes, and neither do its criteria and anchors. */
@Entity("rubric_versions")
@Unique(["organizationId", "rubricId", "number"])
@ForeignKey("Rubric", ["organizationId", "rubricId"], ["organizationId", "id"], { name: "fk_rubric_versions_rubric" })
export class RubricVersion extends OrganizationRow {
  @Column("uuid")
  rubricId!: string;

  /** 1, 2, 3 … within the rubric. */
  @Column("integer")
  number!: number;
}

/** One thing that is rated. */
@Entity("criteria")
@Unique(["organizationId", "rubricVersionId", "key"])
@Index(["organizationId", "skillId"])
@Check("criteria_scale", "scale_max > scale_min")
@Check("criteria_weight", "weight >= 0")
@Check("criteria_gate", "(gate_min is null) = (gate_rule is null)")
@ForeignKey("RubricVersion", ["organizationId", "rubricVersionId"], ["organizationId", "id"], {
  name: "fk_criteria_rubric_version",
})
@ForeignKey("Skill", ["organizationId", "skillId"], ["organizationId", "id"], { name: "fk_criteria_skill" })
export class Criterion extends OrganizationRow {
  @Column("uuid")
  rubricVersionId!: string;

  /** Stable over versions while the scale is the same: ratings under one stable id are pooled. */
  @Column("uuid")
  stableId!: string;

  /** What people call it in files, such as `sql-joins`; unique within the version. */
  @Column("text")
  key!: string;

  @Column("integer")
  position!: number;

  @Column("text")
  name!: string;

  @Column("uuid")
  skillId!: string;

  /** Relative weight within the skill, 0 or more. */
  @Column("integer")
  weight!: number;

  @Column("integer")
  scaleMin!: number;

  @Column("integer")
  scaleMax!: number;

  /** Least rating, on the scale; null: no gate. */
  @Column("integer", { nullable: true })
  gateMin!: number | null;

  @Column("text", { nullable: true })
  gateRule!: GateRule | null;
}

/** What an interviewer can observe at one value of a scale. */
@Entity("anchors")
@Unique(["organizationId", "criterionId", "value"])
@ForeignKey("Criterion", ["organizationId", "criterionId"], ["organizationId", "id"], { name: "fk_anchors_criterion" })
export class Anchor extends OrganizationRow {
  @Column("uuid")
  criterionId!: string;

  @Column("integer")
  value!: number;

  @Column("text")
  label!: string;

  @Column("text")
  behaviour!: string;
}
