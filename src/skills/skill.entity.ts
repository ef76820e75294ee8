import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow } from "../platform/db/row";

/** Something that a candidate can be good at; skills form a tree. */
@Entity("skills")
@Unique(["organizationId", "slug"])
@Index(["organizationId", "parentId"])
@ForeignKey("Skill", ["organizationId", "parentId"], ["organizationId", "id"], { name: "fk_skills_parent" })
export class Skill extends ChangingRow {
  /** Stable key in files and integrations, such as `sql`. */
  @Column("text")
  slug!: string;

  @Column("text")
  name!: string;

  /** Null at the top of the tree. */
  @Column("uuid", { nullable: true })
  parentId!: string | null;
}
