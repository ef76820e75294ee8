import { Check, Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { ChangingRow, Instant, OrganizationRow } from "../platform/db/row";
import type { Level } from "../skills/level.rules";
import type { PublicationState } from "./publication.rules";
import type { Guidance } from "./question.rules";
import type { FormattedText, QuestionContent, QuestionKind, TextFormat } from "./question-content.rules";

/** A question through all its versions. Its `version` is that of the row; what it asks stands in its versions. */
@Entity("questions")
@Unique(["organizationId", "bankId", "externalKey"])
@Index(["organizationId", "bankId", "id"])
@ForeignKey("QuestionBank", ["organizationId", "bankId"], ["organizationId", "id"], { name: "fk_questions_bank" })
export class Question extends ChangingRow {
  @Column("uuid")
  bankId!: string;

  /** What the question is called in files and elsewhere; an import updates by it. Null: made here. */
  @Column("text", { nullable: true })
  externalKey!: string | null;

  /** Number of the newest version. */
  @Column("integer")
  latestNumber!: number;
}

/**
 * What a question asks, at one time. Changes while it is a DRAFT; a trigger keeps what it says from the moment that it is
 * READY. At most one version of a question is READY, and at most one is still being written.
 */
@Entity("question_versions")
@Unique(["organizationId", "questionId", "number"])
@Index("uq_question_versions_ready", ["organizationId", "questionId"], { unique: true, where: "state = 'READY'" })
@Index("uq_question_versions_open", ["organizationId", "questionId"], {
  unique: true,
  where: "state in ('DRAFT', 'IN_REVIEW')",
})
@Index(["organizationId", "state", "id"])
// By an expression, which TypeORM cannot write: the migration has it.
@Index("ix_question_versions_least_used", { synchronize: false })
@Index(["organizationId", "checksum"])
@Check("question_versions_state", "state in ('DRAFT', 'IN_REVIEW', 'READY', 'RETIRED')")
@Check("question_versions_difficulty", "difficulty between 1 and 5")
@Check("question_versions_minutes", "minutes between 1 and 240")
@ForeignKey("Question", ["organizationId", "questionId"], ["organizationId", "id"], {
  name: "fk_question_versions_question",
})
export class QuestionVersion extends OrganizationRow {
  @Column("uuid")
  questionId!: string;

  /** 1, 2, 3 … within the question. */
  @Column("integer")
  number!: number;

  @Column("text")
  state!: PublicationState;

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

  /** For interviewers alone. */
  @Column("jsonb", { nullable: true })
  guidance!: Guidance | null;

  @Column("text", { array: true })
  tags!: string[];

  /** Seniority from which it may be asked; null: not said. */
  @Column("text", { nullable: true })
  level!: Level | null;

  /** 1 (easy) to 5 (hard) for somebody of the level; null: not said. */
  @Column("integer", { nullable: true })
  difficulty!: number | null;

  /** Time to spend on it; null: not said. */
  @Column("integer", { nullable: true })
  minutes!: number | null;

  @Column("text", { nullable: true })
  licence!: string | null;

  /** Where the question comes from. */
  @Column("text", { nullable: true })
  source!: string | null;

  /** SHA-256 of everything that the version says, in hexadecimal. */
  @Column("text")
  checksum!: string;

  /** How often it was planned or asked. */
  @Column("integer", { default: 0 })
  useCount!: number;

  /** Null: never used. */
  @Instant({ nullable: true })
  lastUsedAt!: Date | null;
}

/** Ties a version to a skill that it tests. */
@Entity("question_skills")
@Unique(["organizationId", "questionVersionId", "skillId"])
@Index(["organizationId", "skillId", "questionVersionId"])
@ForeignKey("QuestionVersion", ["organizationId", "questionVersionId"], ["organizationId", "id"], {
  name: "fk_question_skills_question_version",
})
@ForeignKey("Skill", ["organizationId", "skillId"], ["organizationId", "id"], { name: "fk_question_skills_skill" })
export class QuestionSkill extends OrganizationRow {
  @Column("uuid")
  questionVersionId!: string;

  @Column("uuid")
  skillId!: string;
}

/** Ties a version to somebody who wrote in it, and so may not review it. */
@Entity("question_authors")
@Unique(["organizationId", "questionVersionId", "memberId"])
@Index(["organizationId", "memberId"])
@ForeignKey("QuestionVersion", ["organizationId", "questionVersionId"], ["organizationId", "id"], {
  name: "fk_question_authors_question_version",
})
@ForeignKey("Member", ["organizationId", "memberId"], ["organizationId", "id"], { name: "fk_question_authors_member" })
export class QuestionAuthor extends OrganizationRow {
  @Column("uuid")
  questionVersionId!: string;

  @Column("uuid")
  memberId!: string;
}
