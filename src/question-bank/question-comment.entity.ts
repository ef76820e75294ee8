import { Column, Entity, ForeignKey, Index } from "typeorm";
import { OrganizationRow } from "../platform/db/row";
import type { Verdict } from "./publication.rules";

/** What somebody says of a version, such as a reviewer's verdict. */
@Entity("question_comments")
@Index(["organizationId", "questionVersionId", "id"])
@Index(["organizationId", "authorId"])
@ForeignKey("QuestionVersion", ["organizationId", "questionVersionId"], ["organizationId", "id"], {
  name: "fk_question_comments_question_version",
})
@ForeignKey("Member", ["organizationId", "authorId"], ["organizationId", "id"], { name: "fk_question_comments_author" })
export class QuestionComment extends OrganizationRow {
  @Column("uuid")
  questionVersionId!: string;

  @Column("uuid")
  authorId!: string;

  @Column("text")
  text!: string;

  /** Null: a remark that decides nothing. */
  @Column("text", { nullable: true })
  verdict!: Verdict | null;
}
