import { Check, Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, OrganizationRow } from "../platform/db/row";
import type { PublicationState } from "./publication.rules";
import type { GateRule } from "./rubric.rules";

/** A way of rating what a candidate shows. Its criteria stand in its versions. */
@Entity("rubrics")
@Unique(["organizationId", "name"])
@Unique(["organizationId", "externalKey"])
export class Rubric extends ChangingRow {
  @Column("text")
  name!: string;

  /** What the rubric is called in files; an import updates by it. Null: made here. */
  @Column("text", { nullable: true })
  externalKey!: string | null;

  /** Number of the newest version. */
  @Column("integer")
  latestNumber!: number;
}

/** A rubric at one time. From the moment that it is READY, triggers keep it, its criteria and its anchors. */
@Entity("rubric_versions")
@Unique(["organizationId", "rubricId", "number"])
@Index("uq_rubric_versions_ready", ["organizationId", "rubricId"], { unique: true, where: "state = 'READY'" })
@Index("uq_rubric_versions_open", ["organizationId", "rubricId"], {
  unique: true,
  where: "state in ('DRAFT', 'IN_REVIEW')",
})
@Check("rubric_versions_state", "state in ('DRAFT', 'IN_REVIEW', 'READY', 'RETIRED')")
@ForeignKey("Rubric", ["organizationId", "rubricId"], ["organizationId", "id"], { name: "fk_rubric_versions_rubric" })
export class RubricVersion extends OrganizationRow {
  @Column("uuid")
  rubricId!: string;

  /** 1, 2, 3 … within the rubric. */
  @Column("integer")
  number!: number;

  @Column("text")
  state!: PublicationState;
}

/** Ties a version to a skill that it claims to rate. */
@Entity("rubric_skills")
@Unique(["organizationId", "rubricVersionId", "skillId"])
@Index(["organizationId", "skillId"])
@ForeignKey("RubricVersion", ["organizationId", "rubricVersionId"], ["organizationId", "id"], {
  name: "fk_rubric_skills_rubric_version",
})
@ForeignKey("Skill", ["organizationId", "skillId"], ["organizationId", "id"], { name: "fk_rubric_skills_skill" })
export class RubricSkill extends OrganizationRow {
  @Column("uuid")
  rubricVersionId!: string;

  @Column("uuid")
  skillId!: string;
}

/** Ties a version to somebody who wrote in it, and so may not review it. */
@Entity("rubric_authors")
@Unique(["organizationId", "rubricVersionId", "memberId"])
@Index(["organizationId", "memberId"])
@ForeignKey("RubricVersion", ["organizationId", "rubricVersionId"], ["organizationId", "id"], {
  name: "fk_rubric_authors_rubric_version",
})
@ForeignKey("Member", ["organizationId", "memberId"], ["organizationId", "id"], { name: "fk_rubric_authors_member" })
export class RubricAuthor extends OrganizationRow {
  @Column("uuid")
  rubricVersionId!: string;

  @Column("uuid")
  memberId!: string;
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
