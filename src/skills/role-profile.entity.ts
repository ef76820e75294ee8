import { Check, Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, OrganizationRow } from "../platform/db/row";
import type { Level } from "./level.rules";
import type { Band } from "./role-profile.rules";

/** A role that is hired for, such as "Back-end developer, Middle". Everything in it stands in its versions. */
@Entity("role_profiles")
@Unique(["organizationId", "name"])
@Unique(["organizationId", "externalKey"])
export class RoleProfile extends ChangingRow {
  @Column("text")
  name!: string;

  /** What the profile is called in files; an import updates by it. Null: made here. */
  @Column("text", { nullable: true })
  externalKey!: string | null;

  /** Number of the newest version. */
  @Column("integer")
  latestNumber!: number;
}

/** Everything that turns evidence into a score. Never changes. */
@Entity("role_profile_versions")
@Unique(["organizationId", "profileId", "number"])
@ForeignKey("RoleProfile", ["organizationId", "profileId"], ["organizationId", "id"], {
  name: "fk_role_profile_versions_profile",
})
export class RoleProfileVersion extends OrganizationRow {
  @Column("uuid")
  profileId!: string;

  /** 1, 2, 3 … within the profile. */
  @Column("integer")
  number!: number;

  @Column("text")
  level!: Level;

  /** Score from which a candidate is recommended, 0..100. */
  @Column("integer")
  passMark!: number;

  /** Share of the applicable weight that must have been observed, in percent. */
  @Column("integer")
  leastCoveragePercent!: number;

  /** Ascending; the first starts at 0. */
  @Column("jsonb")
  bands!: Band[];
}

/** What a profile expects of one skill. */
@Entity("expectations")
@Unique(["organizationId", "profileVersionId", "skillId"])
@Index(["organizationId", "skillId"])
@Check("expectations_weight", "weight >= 0")
@Check("expectations_gate", "gate between 0 and 100")
@ForeignKey("RoleProfileVersion", ["organizationId", "profileVersionId"], ["organizationId", "id"], {
  name: "fk_expectations_profile_version",
})
@ForeignKey("Skill", ["organizationId", "skillId"], ["organizationId", "id"], { name: "fk_expectations_skill" })
export class Expectation extends OrganizationRow {
  @Column("uuid")
  profileVersionId!: string;

  @Column("uuid")
  skillId!: string;

  @Column("integer")
  position!: number;

  @Column("text")
  level!: Level;

  /** Relative weight, 0 or more. */
  @Column("integer")
  weight!: number;

  /** Least score of the skill, 0..100; a lower one cannot be made up for. Null: no gate. */
  @Column("integer", { nullable: true })
  gate!: number | null;
}
