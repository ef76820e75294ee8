import { Column, Entity, Unique } from "typeorm";
import { ChangingRow } from "../platform/db/row";

/** A collection of questions that belong together. */
@Entity("question_banks")
@Unique(["organizationId", "name"])
@Unique(["organizationId", "externalKey"])
export class QuestionBank extends ChangingRow {
  @Column("text")
  name!: string;

  /** What the bank is called in files; an import updates by it. Null: made here. */
  @Column("text", { nullable: true })
  externalKey!: string | null;

  @Column("text")
  description!: string;
}
