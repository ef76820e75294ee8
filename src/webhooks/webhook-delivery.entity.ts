import { Column, Entity, ForeignKey, Index, Unique } from "typeorm";
import { Instant, OrganizationRow } from "../platform/db/row";
import type { DeliveryState } from "./webhook-delivery.rules";

/** Something that happened, on its way to an endpoint. Its id is the `webhook-id` of every try. */
@Entity("webhook_deliveries")
@Unique(["organizationId", "endpointId", "position"])
@Index(["organizationId", "endpointId", "id"])
@Index(["organizationId", "objectId"])
@Index("ix_webhook_deliveries_due", ["organizationId", "endpointId", "dueAt", "position"], {
  where: "state = 'PENDING'",
})
@Index("ix_webhook_deliveries_leased", ["organizationId", "endpointId", "leasedUntil"], {
  where: "leased_until is not null",
})
@Index("ix_webhook_deliveries_lane", ["organizationId", "endpointId", "objectId", "position"], {
  where: "state in ('WAITING', 'PENDING')",
})
@ForeignKey("WebhookEndpoint", ["organizationId", "endpointId"], ["organizationId", "id"], {
  name: "fk_webhook_deliveries_endpoint",
})
export class WebhookDelivery extends OrganizationRow {
  @Column("uuid")
  endpointId!: string;

  /** Place in the journal of what happened; null for a test. */
  @Column("bigint", { nullable: true })
  position!: string | null;

  @Column("text")
  type!: string;

  /** What it happened to: deliveries about one object go out one after another. */
  @Column("uuid")
  objectId!: string;

  /** JSON, the same at every try. */
  @Column("text")
  body!: string;

  @Column("text")
  state!: DeliveryState;

  /** Tries so far, since it was written down or replayed. */
  @Column("integer")
  attempts!: number;

  /** When it is to be tried; null where it is not PENDING. */
  @Instant({ nullable: true })
  dueAt!: Date | null;

  /** A worker is trying it, and has died over it if it is still so then; null where none is, which an index relies on. */
  @Instant({ nullable: true })
  leasedUntil!: Date | null;

  /** Null until it was received. */
  @Instant({ nullable: true })
  deliveredAt!: Date | null;
}

/** One try of a delivery: what was sent and what came back, cut short. */
@Entity("webhook_attempts")
@Index(["organizationId", "deliveryId", "id"])
@ForeignKey("WebhookDelivery", ["organizationId", "deliveryId"], ["organizationId", "id"], {
  name: "fk_webhook_attempts_delivery",
})
export class WebhookAttempt extends OrganizationRow {
  @Column("uuid")
  deliveryId!: string;

  /** 1 for the first. */
  @Column("integer")
  number!: number;

  @Column("integer")
  durationMilliseconds!: number;

  /** As text, one in a line, without signatures. */
  @Column("text")
  requestHeaders!: string;

  /** Null where no answer came. */
  @Column("integer", { nullable: true })
  responseStatus!: number | null;

  @Column("text", { nullable: true })
  responseHeaders!: string | null;

  @Column("text", { nullable: true })
  responseBody!: string | null;

  /** Why it does not count as received; null where it does. */
  @Column("text", { nullable: true })
  failure!: string | null;
}
