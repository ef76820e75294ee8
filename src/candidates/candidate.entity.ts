import { Column, Entity, Index, Unique } from "typeorm";
import { ChangingRow, Instant } from "../platform/db/row";

/** Somebody who applies. Personal data stands in columns of its own, so that it can be erased. */
@Entity("candidates")
@Unique(["organizationId", "email"])
@Index(["organizationId", "updatedAt", "id"])
export class Candidate extends ChangingRow {
  @Column("text")
  name!: string;

  /** In lower case; null where none is known. */
  @Column("text", { nullable: true })
  email!: string | null;

  /** When their personal data was erased; null where it is there. */
  @Instant({ nullable: true })
  erasedAt!: Date | null;
}
