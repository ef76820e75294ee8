import { Column, Entity, Unique } from "typeorm";
import { OrganizationRow } from "./db/row";
import { registerIdTypes } from "./ids";

registerIdTypes({ IdempotentRequest: 0x004 });

/** A mutation that was done under a key, and what to answer when it comes again. */
@Entity("idempotent_requests")
@Unique(["organizationId", "actorId", "key"])
export class IdempotentRequest extends OrganizationRow {
  /** The member or key that sent it: keys of others are never met. */
  @Column("uuid")
  actorId!: string;

  /** As it came in the `Idempotency-Key` header. */
  @Column("text")
  key!: string;

  /** SHA-256 of operation and variables, base64url. */
  @Column("text")
  requestHash!: string;

  /** What came of it: ids instead of rows, so that the payload can be read anew. */
  @Column("jsonb")
  result!: unknown;

  /** The answer as it was sent; null while it was not kept, empty where it was forgotten and must not be kept. */
  @Column("text", { nullable: true })
  answer!: string | null;
}
