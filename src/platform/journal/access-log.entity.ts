import { Column, Entity, Index } from "typeorm";
import { OrganizationRow } from "../db/row";

/** An attempt that was refused, with the network address that it came from. Unlike the journal it expires. */
@Entity("access_log")
@Index(["organizationId", "createdAt"])
export class AccessEntry extends OrganizationRow {
  /** What was refused, in the words that the caller read. */
  @Column("text")
  about!: string;

  /** Why it was refused. */
  @Column("text")
  code!: string;

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
