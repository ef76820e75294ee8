import { Column, Entity } from "typeorm";
import { ChangingRow, Instant } from "../db/row";
import { registerIdTypes } from "../ids";

registerIdTypes({ SetAsideJob: 0x003 });

/** A job that failed at each of its tries, or that every worker died over: kept for people to look at. */
@Entity("set_aside_jobs")
export class SetAsideJob extends ChangingRow {
  /** Its name in the manifest of a slice, such as `webhooks.deliver`. */
  @Column("text")
  job!: string;

  /** What it was given: ids and numbers, never a person's data. */
  @Column("jsonb")
  facts!: Readonly<Record<string, unknown>>;

  /** How often it was tried. */
  @Column("integer")
  attempts!: number;

  /** What the last try said. */
  @Column("text")
  failure!: string;

  /** Null until somebody has it tried again. */
  @Instant({ nullable: true })
  retriedAt!: Date | null;
}
