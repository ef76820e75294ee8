import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, OrganizationRow } from "../platform/db/row";

/** A plan for an interview: what to ask, how to rate it, against which profile, in how many minutes. */
@Entity("interview_kits")
@Unique(["organizationId", "name"])
@Unique(["organizationId", "externalKey"])
@Index(["organizationId", "profileVersionId"])
@Index(["organizationId", "rubricVersionId"])
@ForeignKey("RoleProfileVersion", ["organizationId", "profileVersionId"], ["organizationId", "id"], {
  name: "fk_interview_kits_profile_version",
})
@ForeignKey("RubricVersion", ["organizationId", "rubricVersionId"], ["organizationId", "id"], {
  name: "fk_interview_kits_rubric_version",
})
export class InterviewKit extends ChangingRow {
  @Column("text")
  name!: string;

  /** What the kit is called in files; an import updates by it. Null: made here. */
  @Column("text", { nullable: true })
  externalKey!: string | null;

  @Column("uuid")
  profileVersionId!: string;

  @Column("uuid")
  rubricVersionId!: string;

  /** Length of the interview. */
  @Column("integer")
  minutes!: number;
}

/** A question of a kit, in its place. */
@Entity("kit_questions")
@Unique(["organizationId", "kitId", "position"])
@Index(["organizationId", "questionVersionId"])
@ForeignKey("InterviewKit", ["organizationId", "kitId"], ["organizationId", "id"], { name: "fk_kit_questions_kit" })
@ForeignKey("QuestionVersion", ["organizationId", "questionVersionId"], ["organizationId", "id"], {
  name: "fk_kit_questions_question_version",
})
export class KitQuestion extends OrganizationRow {
  @Column("uuid")
  kitId!: string;

  @Column("uuid")
  questionVersionId!: string;

  @Column("integer")
  position!: number;

  @Column("integer")
  minutes!: number;
}
