import { Column, PrimaryColumn } from "typeorm";

/** A point in time, to the millisecond, so that a value read and written back is the same. */
export const Instant = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: "timestamptz", precision: 3, ...options });

/** What every row has: its organisation, which is the first column of every key, and its id. */
export abstract class OrganizationRow {
  @PrimaryColumn("uuid")
  organizationId!: string;

  @PrimaryColumn("uuid")
  id!: string;

  @Instant()
  createdAt!: Date;
}

/** A row that people change: guarded by `version` against lost updates. */
export abstract class ChangingRow extends OrganizationRow {
  /** Starts at 1 and grows by one with each change. */
  @Column("integer")
  version!: number;

  @Instant()
  updatedAt!: Date;
}
