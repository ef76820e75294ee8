import { Check, Column, Entity, Exclusion, ForeignKey, Index } from "typeorm";
import { Instant, OrganizationRow } from "../platform/db/row";

/** A time that a session was given, or was left without: what held until the next one. Written once. */
@Entity("schedule_changes")
@Index(["organizationId", "sessionId", "id"])
@Index(["organizationId", "changedById"])
@ForeignKey("InterviewSession", ["organizationId", "sessionId"], ["organizationId", "id"], {
  name: "fk_schedule_changes_session",
})
@ForeignKey("Member", ["organizationId", "changedById"], ["organizationId", "id"], {
  name: "fk_schedule_changes_changed_by",
})
export class ScheduleChange extends OrganizationRow {
  @Column("uuid")
  sessionId!: string;

  /** Null where no member did it. */
  @Column("uuid", { nullable: true })
  changedById!: string | null;

  /** Null where nobody said. */
  @Column("text", { nullable: true })
  reason!: string | null;

  /** Null where the session lost its time, as are the next two. */
  @Instant({ nullable: true })
  startsAt!: Date | null;

  @Instant({ nullable: true })
  endsAt!: Date | null;

  /** IANA name. */
  @Column("text", { nullable: true })
  timeZone!: string | null;

  /** A room or a link. */
  @Column("text", { nullable: true })
  place!: string | null;
}

/**
 * The time that somebody gives to a session: each of its panel, and the candidate. Nobody gives the same time twice;
 * PostgreSQL sees to that, whoever books at the same moment. Not published.
 */
@Entity("bookings")
@Index(["organizationId", "sessionId"])
@Index(["organizationId", "memberId"])
@Index(["organizationId", "candidateId"])
@Check("bookings_somebody", "(member_id is null) <> (candidate_id is null)")
@Check("bookings_time", "ends_at > starts_at")
@Exclusion(
  "bookings_one_at_a_time",
  "using gist (organization_id with =, (coalesce(member_id, candidate_id)) with =, tstzrange(starts_at, ends_at) with &&)",
)
@ForeignKey("InterviewSession", ["organizationId", "sessionId"], ["organizationId", "id"], {
  name: "fk_bookings_session",
})
@ForeignKey("Member", ["organizationId", "memberId"], ["organizationId", "id"], { name: "fk_bookings_member" })
@ForeignKey("Candidate", ["organizationId", "candidateId"], ["organizationId", "id"], { name: "fk_bookings_candidate" })
export class Booking extends OrganizationRow {
  @Column("uuid")
  sessionId!: string;

  @Column("uuid", { nullable: true })
  memberId!: string | null;

  @Column("uuid", { nullable: true })
  candidateId!: string | null;

  @Instant()
  startsAt!: Date;

  @Instant()
  endsAt!: Date;
}
