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

  /** With the letters A to Z in lower case. */
  @Column("text")
  email!: string;

  @Column("text")
  name!: string;

  @Column("text")
  role!: Role;

  /** Whether the member may sign in. */
  @Column("boolean", { default: true })
  active!: boolean;

  /** When they first signed in by the address that they have; null while they are invited and no more. */
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  joinedAt!: Date | null;

  /** Null while the member is active, and where nobody said why. */
  @Column("text", { nullable: true })
  deactivationReason!: string | null;

  /** IANA name of the zone in which they live; null: UTC. */
  @Column("text", { nullable: true })
  timeZone!: string | null;
}
