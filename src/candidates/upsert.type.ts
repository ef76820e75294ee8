import { Extensions, Field } from "type-graphql";
import type { Class } from "../platform/class";
import type { Fault } from "../platform/errors";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import { payloadOf } from "../platform/graphql/payload";
import { UserError } from "../platform/graphql/user-errors";
import { MOST_ITEMS, type UpsertOutcome } from "./upsert.rules";

const UpsertOutcomeEnum = enumOf<UpsertOutcome>("UpsertOutcome", "What became of an item.", {
  CREATED: "It is new here.",
  UPDATED: "It was here, and was changed.",
  UNCHANGED: "It was here as it was sent: nothing was written.",
  LINKED: "It was here, unknown to the system, and is known to it from now on. What was sent of it was taken over.",
  FAILED: "Nothing was written of it: `userErrors` say why.",
});

/** The answer to what another system sends of a noun. */
export function upsertPayloadOf(noun: "Candidate" | "Job" | "Application", type: () => Class): Class {
  @Value(`Upsert${noun}Result`, `What became of one item of \`upsert${noun}s\`.`)
  class Result {
    @Field(() => String, { description: "The item's `externalId`, as it was sent." })
    externalId!: string;

    @Field(() => UpsertOutcomeEnum, { description: "What became of it." })
    outcome!: UpsertOutcome;

    @Field(() => [UserError], {
      description:
        "Why it FAILED; empty when it did not. Paths begin at `input`: `items`, the item's place from 0, the field.",
    })
    userErrors!: readonly Fault[];
  }
  const description = "The object as it is now; null when the item FAILED.";
  Field(type, { nullable: true, description })(Result.prototype, noun.toLowerCase());
  const Payload = payloadOf(`Upsert${noun}s`, "results", () => [Result], "What became of each item, in their order.");
  (Extensions({ rows: MOST_ITEMS }) as PropertyDecorator)(Payload.prototype, "results");
  return Payload;
}
