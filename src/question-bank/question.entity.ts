import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, OrganizationRow } from "../platform/db/row";
import type { FormattedText, QuestionContent, QuestionKind, TextFormat } from "./question-content.rules";

/** A question through all its versions. Its `version` is that of the row; what it asks stands in its versions. */
@Entity("questions")
@Unique(["organizationId", "bankId", "externalKey"])
@Index(["organizationId", "bankId", "id"])
@ForeignKey("QuestionBank", ["organizationId", "bankId"], ["organizationId", "id"], { name: "fk_questions_bank" })
export class Question extends ChangingRow {
  @Column("uuid")
  bankId!: string;

  /** What the question is called where it comes from; an import updates by it. Null: made here. */
  @Column("text", { nullable: true })
  externalKey!: string | null;

  /** Number of the newest version. */
  @Column("integer")
  latestNumber!: number;
}

/** What a question asks, at one time. Never changes. */
@Entity("question_versions")
@Unique(["organizationId", "questionId", "number"])
@Index(["organizationId", "checksum"])
@Index(["organizationId", "skillId"])
@ForeignKey("Question", ["organizationId", "questionId"], ["organizationId", "id"], {
  name: "fk_question_versions_question",
})
@ForeignKey("Skill", ["organizationId", "skillId"], ["organizationId", "id"], { name: "fk_question_versions_skill" })
export class QuestionVersion extends OrganizationRow {
  @Column("uuid")
  questionId!: string;

  /** 1, 2, 3 … within the question. */
  @Column("integer")
  number!: number;

  @Column("text")
  kind!: QuestionKind;

  @Column("text", { nullable: true })
  title!: string | null;

  @Column("text")
  stem!: string;

  @Column("text")
  stemFormat!: TextFormat;

  /** Options, keys and feedback, by kind. */
  @Column("jsonb")
  content!: QuestionContent;

  /** Shown after the answer, whatever it was. */
  @Column("jsonb", { nullable: true })
  generalFeedback!: FormattedText | null;

  @Column("text", { array: true })
  tags!: string[];

  @Column("uuid", { nullable: true })
  skillId!: string | null;

  /** SHA-256 of everything that the version says, in hexadecimal. */
  @Column("text")
  checksum!: string;
}
