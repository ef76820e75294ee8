import { Column, Entity, Unique } from "typeorm";
import { ChangingRow } from "../platform/db/row";

/** Somebody who applies. Personal data stands in columns of its own, so that it can be erased. */
@Entity("candidates")
@Unique(["organizationId", "email"])
export class Candidate extends ChangingRow {
  @Column("text")
  name!: string;

  /** In lower case; null where none is known. */
  @Column("text", { nullable: true })
  email!: string | null;
}
