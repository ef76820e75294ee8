import { Check, Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, Instant } from "../platform/db/row";
import type { SessionState } from "./interview-session.rules";
import type { InvitationResponse, Seat } from "./panelist.rules";

/** One interview of an application. What it asks and how it is rated is a copy of its kit at the time of planning. */
@Entity("interview_sessions")
@Index(["organizationId", "applicationId", "id"])
@Index(["organizationId", "kitId"])
@Index(["organizationId", "profileVersionId"])
@Index(["organizationId", "rubricVersionId"])
@Index(["organizationId", "plannedById"])
@Index(["organizationId", "startsAt", "id"])
@Check("interview_sessions_slot", "ends_at > starts_at and (starts_at is null) = (ends_at is null)")
@ForeignKey("Application", ["organizationId", "applicationId"], ["organizationId", "id"], {
  name: "fk_interview_sessions_application",
})
@ForeignKey("InterviewKit", ["organizationId", "kitId"], ["organizationId", "id"], {
  name: "fk_interview_sessions_kit",
})
@ForeignKey("RoleProfileVersion", ["organizationId", "profileVersionId"], ["organizationId", "id"], {
  name: "fk_interview_sessions_profile_version",
})
@ForeignKey("RubricVersion", ["organizationId", "rubricVersionId"], ["organizationId", "id"], {
  name: "fk_interview_sessions_rubric_version",
})
@ForeignKey("Member", ["organizationId", "plannedById"], ["organizationId", "id"], {
  name: "fk_interview_sessions_planned_by",
})
export class InterviewSession extends ChangingRow {
  @Column("uuid")
  applicationId!: string;

  /** The kit that it was planned from. */
  @Column("uuid")
  kitId!: string;

  @Column("uuid")
  profileVersionId!: string;

  @Column("uuid")
  rubricVersionId!: string;

  /** As last written; the clock moves it on, see `stateAt`. */
  @Column("text")
  state!: SessionState;

  /** How many required scorecards are neither in nor waived. */
  @Column("integer")
  feedbackOwed!: number;

  /** Null until scheduled. */
  @Instant({ nullable: true })
  startsAt!: Date | null;

  @Instant({ nullable: true })
  endsAt!: Date | null;

  /** IANA name, in which people read the times. */
  @Column("text", { nullable: true })
  timeZone!: string | null;

  /** A room or a link. */
  @Column("text", { nullable: true })
  place!: string | null;

  /** Null where no member planned it. */
  @Column("uuid", { nullable: true })
  plannedById!: string | null;

  /** How often what a calendar shows of it was changed. @see RFC 5545, section 3.8.7.4 */
  @Column("integer", { default: 0 })
  calendarSequence!: number;
}

/** A member's seat on the panel of a session. */
@Entity("panelists")
@Unique(["organizationId", "sessionId", "memberId"])
@Index(["organizationId", "memberId", "sessionId"])
@ForeignKey("InterviewSession", ["organizationId", "sessionId"], ["organizationId", "id"], {
  name: "fk_panelists_session",
})
@ForeignKey("Member", ["organizationId", "memberId"], ["organizationId", "id"], { name: "fk_panelists_member" })
export class Panelist extends ChangingRow {
  @Column("uuid")
  sessionId!: string;

  @Column("uuid")
  memberId!: string;

  @Column("text")
  seat!: Seat;

  @Column("boolean")
  feedbackRequired!: boolean;

  /** When the panellist's scorecard came in; null while none is in. */
  @Instant({ nullable: true })
  feedbackGivenAt!: Date | null;

  /** When the scorecard was waived; null while it is not. */
  @Instant({ nullable: true })
  waivedAt!: Date | null;

  @Column("text", { nullable: true })
  waivedReason!: string | null;

  /** To the invitation to this time; back to PENDING when the time changes. */
  @Column("text", { default: "PENDING" })
  response!: InvitationResponse;

  @Instant({ nullable: true })
  respondedAt!: Date | null;

  @Column("text", { nullable: true })
  responseNote!: string | null;
}
