import { Column, Entity, ForeignKey, Unique } from "typeorm";
import { ChangingRow } from "../platform/db/row";
import type { Role } from "./viewer.rules";

/** Somebody who works for the organisation. */
@Entity("members")
@Unique(["organizationId", "email"])
@ForeignKey("Organization", ["organizationId", "employerId"], ["organizationId", "id"], { name: "fk_members_employer" })
export class Member extends ChangingRow {
  @Column("uuid")
  employerId!: string;

  /** In lower case. */
  @Column("text")
  email!: string;

  @Column("text")
  name!: string;

  @Column("text")
  role!: Role;

  /** Whether the member may sign in. */
  @Column("boolean", { default: true })
  active!: boolean;
}
