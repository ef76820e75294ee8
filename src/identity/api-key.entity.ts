import { Column, Entity, ForeignKey, Index } from "typeorm";
import { ChangingRow } from "../platform/db/row";
import type { KeyEnvironment } from "./api-key.rules";
import type { Scope } from "./viewer.rules";

/** How a program of the organisation signs in. Its secrets are stored as hashes; they are shown once. */
@Entity("api_keys")
@ForeignKey("Member", ["organizationId", "createdById"], ["organizationId", "id"], { name: "fk_api_keys_created_by" })
@Index(["organizationId", "createdById"])
export class ApiKey extends ChangingRow {
  /** What people call it. */
  @Column("text")
  name!: string;

  @Column("text")
  environment!: KeyEnvironment;

  @Column("text", { array: true })
  scopes!: Scope[];

  @Column("uuid")
  createdById!: string;

  /** SHA-256 of the secret, base64url. */
  @Column("text")
  secretHash!: string;

  /** Of the secret before the last rotation; null where there is none. */
  @Column("text", { nullable: true })
  formerSecretHash!: string | null;

  /** Until when the former secret opens too. */
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  formerUntil!: Date | null;

  /** Null: never. */
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column({ type: "timestamptz", precision: 3, nullable: true })
  revokedAt!: Date | null;

  /** To the minute; null before the first use. */
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}
