import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, Instant, OrganizationRow } from "../platform/db/row";

/** A question of a session, in its place. */
@Entity("session_questions")
@Unique(["organizationId", "sessionId", "position"])
@Index(["organizationId", "questionVersionId"])
@ForeignKey("InterviewSession", ["organizationId", "sessionId"], ["organizationId", "id"], {
  name: "fk_session_questions_session",
})
@ForeignKey("QuestionVersion", ["organizationId", "questionVersionId"], ["organizationId", "id"], {
  name: "fk_session_questions_question_version",
})
export class SessionQuestion extends OrganizationRow {
  @Column("uuid")
  sessionId!: string;

  @Column("uuid")
  questionVersionId!: string;

  @Column("integer")
  position!: number;

  @Column("integer")
  minutes!: number;

  /** When it was marked as asked; null while it is not. */
  @Instant({ nullable: true })
  askedAt!: Date | null;

  /** Null where nobody noted it. */
  @Column("integer", { nullable: true })
  spentSeconds!: number | null;
}

/** What a panellist jots down about a question, for nobody but themselves. */
@Entity("question_notes")
@Unique("uq_question_notes_one", ["organizationId", "sessionQuestionId", "authorId"])
@Index(["organizationId", "authorId"])
@ForeignKey("SessionQuestion", ["organizationId", "sessionQuestionId"], ["organizationId", "id"], {
  name: "fk_question_notes_session_question",
})
@ForeignKey("Member", ["organizationId", "authorId"], ["organizationId", "id"], { name: "fk_question_notes_author" })
export class QuestionNote extends ChangingRow {
  @Column("uuid")
  sessionQuestionId!: string;

  @Column("uuid")
  authorId!: string;

  @Column("text")
  text!: string;
}
