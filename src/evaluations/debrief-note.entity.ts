import { Column, Entity, ForeignKey, Index } from "typeorm";
import { OrganizationRow } from "../platform/db/row";

/** What was said at a debrief. Written once. */
@Entity("debrief_notes")
@Index(["organizationId", "applicationId", "id"])
@Index(["organizationId", "authorId"])
@ForeignKey("Application", ["organizationId", "applicationId"], ["organizationId", "id"], {
  name: "fk_debrief_notes_application",
})
@ForeignKey("Member", ["organizationId", "authorId"], ["organizationId", "id"], { name: "fk_debrief_notes_author" })
export class DebriefNote extends OrganizationRow {
  @Column("uuid")
  applicationId!: string;

  @Column("uuid")
  authorId!: string;

  @Column("text")
  text!: string;
}
