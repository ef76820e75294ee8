import { Column, Entity, ForeignKey, Index } from "typeorm";
import { Instant, OrganizationRow } from "../platform/db/row";

/** A link to the picture of an application's score, for somebody who does not sign in. */
@Entity("score_links")
@Index(["organizationId", "applicationId", "id"])
@Index(["organizationId", "createdById"])
@ForeignKey("Application", ["organizationId", "applicationId"], ["organizationId", "id"], {
  name: "fk_score_links_application",
})
@ForeignKey("Member", ["organizationId", "createdById"], ["organizationId", "id"], {
  name: "fk_score_links_created_by",
})
export class ScoreLink extends OrganizationRow {
  @Column("uuid")
  applicationId!: string;

  /** Whose sight it has: who may not see the score any more takes the link along. */
  @Column("uuid")
  createdById!: string;

  /** What the link's secret is held against. @see platform/secret-link.ts */
  @Column("text")
  secretHash!: string;

  @Instant()
  expiresAt!: Date;

  /** Null while it works. */
  @Instant({ nullable: true })
  revokedAt!: Date | null;
}
