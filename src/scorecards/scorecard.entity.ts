import { Check, Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, Instant, OrganizationRow } from "../platform/db/row";
import type { RatingOutcome } from "./rating.rules";
import type { Recommendation, ScorecardState } from "./scorecard.rules";

/** What one interviewer saw in one session. */
@Entity("scorecards")
@Unique("uq_scorecards_revision", ["organizationId", "sessionId", "interviewerId", "revision"])
@Index("ix_scorecards_one_draft", ["organizationId", "sessionId", "interviewerId"], {
  unique: true,
  where: "state = 'DRAFT'",
})
@Index(["organizationId", "interviewerId", "id"])
@ForeignKey("InterviewSession", ["organizationId", "sessionId"], ["organizationId", "id"], {
  name: "fk_scorecards_session",
})
@Index(["organizationId", "enteredByKeyId"])
@ForeignKey("Member", ["organizationId", "interviewerId"], ["organizationId", "id"], {
  name: "fk_scorecards_interviewer",
})
@ForeignKey("ApiKey", ["organizationId", "enteredByKeyId"], ["organizationId", "id"], {
  name: "fk_scorecards_entered_by_key",
})
export class Scorecard extends ChangingRow {
  @Column("uuid")
  sessionId!: string;

  @Column("uuid")
  interviewerId!: string;

  /** 1, 2, 3 … of this interviewer in this session. */
  @Column("integer")
  revision!: number;

  @Column("text")
  state!: ScorecardState;

  /** Null until given. */
  @Column("text", { nullable: true })
  recommendation!: Recommendation | null;

  @Column("text")
  summary!: string;

  /** Why it replaced the revision before; null for one that replaced none. */
  @Column("text", { nullable: true })
  amendmentReason!: string | null;

  /** Null until handed in. */
  @Instant({ nullable: true })
  submittedAt!: Date | null;

  /** The key that wrote it on the interviewer's behalf; null where they wrote it themselves. */
  @Column("uuid", { nullable: true })
  enteredByKeyId!: string | null;
}

/** What a scorecard says of one criterion. */
@Entity("ratings")
@Unique(["organizationId", "scorecardId", "criterionId"])
@Index(["organizationId", "criterionId"])
@Check("ratings_value", "(outcome = 'RATED') = (value is not null)")
@ForeignKey("Scorecard", ["organizationId", "scorecardId"], ["organizationId", "id"], { name: "fk_ratings_scorecard" })
@ForeignKey("Criterion", ["organizationId", "criterionId"], ["organizationId", "id"], { name: "fk_ratings_criterion" })
export class Rating extends OrganizationRow {
  @Column("uuid")
  scorecardId!: string;

  @Column("uuid")
  criterionId!: string;

  @Column("text")
  outcome!: RatingOutcome;

  /** On the criterion's scale; null unless RATED. */
  @Column("integer", { nullable: true })
  value!: number | null;

  /** What the interviewer saw and heard; may be empty. */
  @Column("text")
  evidence!: string;
}
