import { Column, Entity, ForeignKey, Index } from "typeorm";
import { OrganizationRow } from "../platform/db/row";
import type { UseOccasion } from "./question-use.rules";

/** One use of a version: how often and when it was used tells how well known it may be. */
@Entity("question_uses")
@Index(["organizationId", "questionVersionId", "id"])
@ForeignKey("QuestionVersion", ["organizationId", "questionVersionId"], ["organizationId", "id"], {
  name: "fk_question_uses_question_version",
})
export class QuestionUse extends OrganizationRow {
  @Column("uuid")
  questionVersionId!: string;

  @Column("text")
  occasion!: UseOccasion;

  /** Id of the kit that plans it, or of the session that asked it. */
  @Column("uuid")
  usedIn!: string;
}
