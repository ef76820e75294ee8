import { Field, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import type { SessionState } from "../../../src/interviews/interview-session.rules";
import type { RatingOutcome } from "../../../src/scorecards/rating.rules";
import type { Recommendation, ScorecardState } from "../../../src/scorecards/scorecard.rules";
import { Node } from "./node";

@ObjectType({ implements: Node })
@Entity("interview_sessions")
export class InterviewSession extends Node {
  @Column("uuid", { name: "application_id" })
  applicationId!: string;

  @Column("uuid", { name: "rubric_version_id" })
  rubricVersionId!: string;

  @Column("text", { name: "state" })
  writtenState!: SessionState;

  @Column("integer", { name: "feedback_owed" })
  feedbackOwed!: number;

  @Field(() => Date, { nullable: true })
  @Column("timestamptz", { name: "starts_at", nullable: true })
  startsAt!: Date | null;

  @Column("timestamptz", { name: "ends_at", nullable: true })
  endsAt!: Date | null;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  place!: string | null;

  @Column("integer")
  version!: number;

  @Column("timestamptz", { name: "updated_at" })
  updatedAt!: Date;
}

@ObjectType()
@Entity("panelists")
export class Panelist {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "session_id" })
  sessionId!: string;

  @Column("uuid", { name: "member_id" })
  memberId!: string;

  @Field(() => String)
  @Column("text")
  seat!: string;

  @Column("boolean", { name: "feedback_required" })
  feedbackRequired!: boolean;

  @Column("timestamptz", { name: "feedback_given_at", nullable: true })
  feedbackGivenAt!: Date | null;

  @Column("timestamptz", { name: "waived_at", nullable: true })
  waivedAt!: Date | null;

  @Column("integer")
  version!: number;

  @Column("timestamptz", { name: "updated_at" })
  updatedAt!: Date;
}

@ObjectType()
@Entity("scorecards")
export class Scorecard {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "session_id" })
  sessionId!: string;

  @Column("uuid", { name: "interviewer_id" })
  interviewerId!: string;

  @Field(() => String)
  @Column("text")
  state!: ScorecardState;

  @Field(() => String, { nullable: true })
  @Column("text", { nullable: true })
  recommendation!: Recommendation | null;

  @Field(() => Date, { nullable: true })
  @Column("timestamptz", { name: "submitted_at", nullable: true })
  submittedAt!: Date | null;

  @Field(() => Int)
  @Column("integer")
  version!: number;

  @Column("timestamptz", { name: "updated_at" })
  updatedAt!: Date;
}

@ObjectType()
@Entity("ratings")
export class Rating {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "scorecard_id" })
  scorecardId!: string;

  @Column("uuid", { name: "criterion_id" })
  criterionId!: string;

  @Field(() => Int, { nullable: true })
  @Column("integer", { nullable: true })
  value!: number | null;

  @Field(() => String)
  @Column("text")
  outcome!: RatingOutcome;

  @Field(() => String)
  @Column("text")
  evidence!: string;
}

@ObjectType()
@Entity("criteria")
export class Criterion {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "rubric_version_id" })
  rubricVersionId!: string;

  @Column("uuid", { name: "stable_id" })
  stableId!: string;

  @Column("uuid", { name: "skill_id" })
  skillId!: string;

  @Field(() => String)
  @Column("text")
  name!: string;

  @Column("integer")
  position!: number;

  @Column("integer")
  weight!: number;

  @Column("integer", { name: "scale_min" })
  scaleMin!: number;

  @Column("integer", { name: "scale_max" })
  scaleMax!: number;

  @Column("integer", { name: "gate_min", nullable: true })
  gateMin!: number | null;

  @Column("text", { name: "gate_rule", nullable: true })
  gateRule!: "MEAN" | "ANY" | null;
}
