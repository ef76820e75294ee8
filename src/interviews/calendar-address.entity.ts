import { Column, Entity, ForeignKey, Index } from "typeorm";
import { Instant, OrganizationRow } from "../platform/db/row";

/** An address under which calendar programs read a member's sessions, without signing in. */
@Entity("calendar_addresses")
@Index(["organizationId", "memberId", "id"])
@ForeignKey("Member", ["organizationId", "memberId"], ["organizationId", "id"], {
  name: "fk_calendar_addresses_member",
})
export class CalendarAddress extends OrganizationRow {
  @Column("uuid")
  memberId!: string;

  /** What the member calls it, to know it by when it shall be revoked. */
  @Column("text")
  label!: string;

  /** What the address's secret is held against. @see platform/secret-link.ts */
  @Column("text")
  secretHash!: string;

  /** Null while it works. */
  @Instant({ nullable: true })
  revokedAt!: Date | null;
}
