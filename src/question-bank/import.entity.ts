import { Check, Column, Entity, ForeignKey, Index } from "typeorm";
import { ChangingRow, Instant } from "../platform/db/row";
import type { BankFormat, ImportState } from "./import.rules";

/**
 * An import under way or over. Written on a connection of its own, so that it can be watched while the import's
 * transaction runs, and stays where that is rolled back.
 */
@Entity("imports")
@Index(["organizationId", "startedById"])
@Check("imports_state", "state in ('RUNNING', 'DONE', 'FAILED')")
@ForeignKey("Member", ["organizationId", "startedById"], ["organizationId", "id"], { name: "fk_imports_started_by" })
export class Import extends ChangingRow {
  /** Null: the server itself, for a new organisation. */
  @Column("uuid", { nullable: true })
  startedById!: string | null;

  @Column("text")
  format!: BankFormat;

  @Column("text")
  state!: ImportState;

  /** Items of the file. */
  @Column("integer")
  itemCount!: number;

  /** Items that have been looked at and, where need be, written. */
  @Column("integer")
  doneCount!: number;

  /** Why it FAILED; null otherwise, and for ever where its server ended first. */
  @Column("text", { nullable: true })
  failure!: string | null;

  /** Null while it is RUNNING, and for ever where its server ended first. */
  @Instant({ nullable: true })
  finishedAt!: Date | null;
}
