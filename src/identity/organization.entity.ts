import { Check, Column, Entity } from "typeorm";
import { ChangingRow } from "../platform/db/row";
import type { FeedbackVisibility } from "./organization.rules";

/** A company that hires, and the wall around everything it has. Its id is its own organisation. */
@Entity("organizations")
@Check("organizations_own", "id = organization_id")
export class Organization extends ChangingRow {
  @Column("text")
  name!: string;

  @Column("text", { default: "AFTER_OWN_SUBMISSION" })
  feedbackVisibility!: FeedbackVisibility;

  /** Whether a scorecard is handed in only once it says something of every criterion. */
  @Column("boolean", { default: true })
  requireEveryCriterion!: boolean;

  /** Whether the lowest and the highest value of a scale want evidence. */
  @Column("boolean", { default: true })
  requireEvidenceForExtremes!: boolean;

  /** Candidates are erased so long after the last that happened to them; null: never by themselves. */
  @Column("integer", { nullable: true })
  candidateRetentionDays!: number | null;
}
