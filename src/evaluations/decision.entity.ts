import { Check, Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, Instant, OrganizationRow } from "../platform/db/row";
import type { DecisionOutcome, DecisionState } from "./decision.rules";
import type { Evidence } from "./evidence.rules";
import type { ExplainedScore } from "./score.rules";

/** What is decided about an application. Once RECORDED it is frozen with what the score was made of. */
@Entity("decisions")
@Unique(["organizationId", "applicationId", "number"])
@Index("ix_decisions_one_open", ["organizationId", "applicationId"], { unique: true, where: "state <> 'REOPENED'" })
@Index(["organizationId", "proposedById"])
@Index(["organizationId", "decidedById"])
@Index(["organizationId", "reopenedById"])
@Check("decisions_frozen", "(state = 'PROPOSED') = (evidence is null)")
@ForeignKey("Application", ["organizationId", "applicationId"], ["organizationId", "id"], {
  name: "fk_decisions_application",
})
@ForeignKey("Member", ["organizationId", "proposedById"], ["organizationId", "id"], {
  name: "fk_decisions_proposed_by",
})
@ForeignKey("Member", ["organizationId", "decidedById"], ["organizationId", "id"], { name: "fk_decisions_decided_by" })
@ForeignKey("Member", ["organizationId", "reopenedById"], ["organizationId", "id"], {
  name: "fk_decisions_reopened_by",
})
export class Decision extends ChangingRow {
  @Column("uuid")
  applicationId!: string;

  /** 1, 2, 3 … of this application. */
  @Column("integer")
  number!: number;

  @Column("text")
  state!: DecisionState;

  @Column("text")
  outcome!: DecisionOutcome;

  @Column("text")
  rationale!: string;

  /** Why it departs from what the score recommends; null where it does not. */
  @Column("text", { nullable: true })
  departureReason!: string | null;

  /** Who proposed it; null where it was recorded without a proposal. */
  @Column("uuid", { nullable: true })
  proposedById!: string | null;

  /** Null until recorded, as are the next four. */
  @Column("uuid", { nullable: true })
  decidedById!: string | null;

  @Instant({ nullable: true })
  decidedAt!: Date | null;

  /** Everything that the score was made of, by id. */
  @Column("jsonb", { nullable: true })
  evidence!: Evidence | null;

  /** What it came to then. */
  @Column("jsonb", { nullable: true })
  score!: ExplainedScore | null;

  @Column("text", { nullable: true })
  methodVersion!: string | null;

  /** Null unless reopened, as are the next two. */
  @Column("uuid", { nullable: true })
  reopenedById!: string | null;

  @Instant({ nullable: true })
  reopenedAt!: Date | null;

  @Column("text", { nullable: true })
  reopenedReason!: string | null;
}

/** That a member disagrees with a decision, and why. Written once. */
@Entity("dissents")
@Unique("uq_dissents_one", ["organizationId", "decisionId", "memberId"])
@Index(["organizationId", "memberId"])
@ForeignKey("Decision", ["organizationId", "decisionId"], ["organizationId", "id"], { name: "fk_dissents_decision" })
@ForeignKey("Member", ["organizationId", "memberId"], ["organizationId", "id"], { name: "fk_dissents_member" })
export class Dissent extends OrganizationRow {
  @Column("uuid")
  decisionId!: string;

  @Column("uuid")
  memberId!: string;

  @Column("text")
  reason!: string;
}
