import { Column, Entity, Index } from "typeorm";
import { OrganizationRow } from "../db/row";

export type AccessKind = "SIGNED_IN" | "SIGN_IN_REFUSED" | "REFUSED" | "KEY_FROM_NEW_ADDRESS" | "EXPORTED";

/** Who came in, who was turned away and what left the house, with the network address. Unlike the journal it expires. */
@Entity("access_log")
@Index(["organizationId", "createdAt"])
@Index(["organizationId", "actorId", "id"])
export class AccessEntry extends OrganizationRow {
  @Column("text", { default: "REFUSED" })
  kind!: AccessKind;

  /** What was done, or what was refused in the words that the caller read. */
  @Column("text")
  about!: string;

  /** Why it was refused; null where nothing was. */
  @Column("text", { nullable: true })
  code!: string | null;

  @Column("text")
  actorKind!: string;

  /** Null for the server's own work. */
  @Column("uuid", { nullable: true })
  actorId!: string | null;

  @Column("text")
  requestId!: string;

  /** IPv4 or IPv6; null where the attempt did not come over the network. */
  @Column("text", { nullable: true })
  address!: string | null;
}
