import { Column, Entity, Unique } from "typeorm";
import { ChangingRow } from "../platform/db/row";

/** A collection of questions that belong together. */
@Entity("question_banks")
@Unique(["organizationId", "name"])
export class QuestionBank extends ChangingRow {
  @Column("text")
  name!: string;

  @Column("text")
  description!: string;
}
