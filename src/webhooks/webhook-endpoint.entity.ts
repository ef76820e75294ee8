import { Column, Entity, ForeignKey, Index } from "typeorm";
import { ChangingRow, Instant } from "../platform/db/row";
import type { EndpointState } from "./webhook-endpoint.rules";

/** Where somebody listens to what happens in the organisation. What deliveries note here leaves its version as it is. */
@Entity("webhook_endpoints")
@Index(["organizationId", "createdById"])
@ForeignKey("Member", ["organizationId", "createdById"], ["organizationId", "id"], {
  name: "fk_webhook_endpoints_created_by",
})
export class WebhookEndpoint extends ChangingRow {
  @Column("text")
  url!: string;

  @Column("text")
  description!: string;

  /** What it hears of; everything where it is empty. */
  @Column("text", { array: true })
  eventTypes!: string[];

  @Column("text")
  state!: EndpointState;

  /** Null while it is ENABLED. */
  @Column("text", { nullable: true })
  disabledReason!: string | null;

  /** As its holder has it: `whsec_` and base64. Signing wants it in clear, so it is never published after it was told once. */
  @Column("text")
  secret!: string;

  /** The one before; null where there is none. */
  @Column("text", { nullable: true })
  formerSecret!: string | null;

  /** Until when the former secret signs too. */
  @Instant({ nullable: true })
  formerUntil!: Date | null;

  @Column("uuid")
  createdById!: string;

  /** Place in the journal up to which its deliveries were written down. A decimal in text. */
  @Column("bigint")
  position!: string;

  /** When the first of the tries failed that have failed since the last success; null while it does well. */
  @Instant({ nullable: true })
  failingSince!: Date | null;

  /** It is left alone until then: it asked for that, or did not answer; null where it may be called. */
  @Instant({ nullable: true })
  restsUntil!: Date | null;
}
