import { Column, Entity, ForeignKey, Unique } from "typeorm";
import { OrganizationRow } from "../platform/db/row";

/** That a panellist was reminded of the scorecard that they owe; gone with their seat. */
@Entity("scorecard_reminders")
@Unique(["organizationId", "panelistId", "number"])
@ForeignKey("Panelist", ["organizationId", "panelistId"], ["organizationId", "id"], {
  name: "fk_scorecard_reminders_panelist",
  onDelete: "CASCADE",
})
export class ScorecardReminder extends OrganizationRow {
  @Column("uuid")
  panelistId!: string;

  /** 1 for the first. */
  @Column("integer")
  number!: number;
}
