import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OrganizationRow } from "../db/row";

/** Something that happened, written in the transaction that caused it. Append-only; never a person's data. */
@Entity("journal_entries")
@Unique(["organizationId", "sequence"])
@Index(["organizationId", "objectId", "id"])
@Index(["organizationId", "actorId", "id"])
export class JournalEntry extends OrganizationRow {
  /** Order of writing, over all organisations, with gaps; readers use the position instead. A decimal in text. */
  @Column({ type: "bigint", generated: "identity", generatedIdentity: "ALWAYS" })
  sequence!: string;

  /** Stable name, such as `scorecard.submitted`. */
  @Column("text")
  type!: string;

  @Column("uuid")
  objectId!: string;

  @Column("text")
  actorKind!: string;

  /** Null for the server's own work. */
  @Column("uuid", { nullable: true })
  actorId!: string | null;

  @Column("text")
  requestId!: string;

  /** Names of the changed fields; never their values. */
  @Column("text", { array: true })
  changes!: string[];
}

/** The place of a committed entry in its organisation's history: 1, 2, 3, without gaps. */
@Entity("journal_positions")
@Unique(["organizationId", "sequence"])
@ForeignKey("JournalEntry", ["organizationId", "sequence"], ["organizationId", "sequence"], {
  name: "fk_journal_positions_entry",
})
export class JournalPosition {
  @PrimaryColumn("uuid")
  organizationId!: string;

  @PrimaryColumn("bigint")
  position!: string;

  @Column("bigint")
  sequence!: string;
}

/** How far a listener has read. */
@Entity("journal_cursors")
export class JournalCursor {
  @PrimaryColumn("uuid")
  organizationId!: string;

  @PrimaryColumn("text")
  listener!: string;

  /** Last position that the listener has dealt with; 0 before the first. */
  @Column("bigint")
  position!: string;
}
