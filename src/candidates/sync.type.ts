import { Field, InputType } from "type-graphql";
import { Line, Part, Slug } from "../platform/graphql/input-fields";
import type { ExternalName, SyncWishes } from "./sync.rules";

/* A type, and no input, so that lists of later slices can take it over. */

/** Of lists whose rows are changed by time. */
export const UPDATED_FIRST_WORDS = "What was not changed for the longest time comes first.";
@InputType({ description: "What another system calls an object." })
class ExternalNameFilter implements ExternalName {
  @Slug("Name of the system, such as `greenhouse`.")
  system!: string;

  @Line("The object's id there.", { max: 255 })
  externalId!: string;
}

/** What a system that keeps a copy asks of a list. */
@InputType()
export abstract class SyncFilter implements SyncWishes {
  @Part(() => ExternalNameFilter, "The one that another system calls so; none where you may not see such names.")
  external?: ExternalName | null;

  @Field(() => Date, {
    nullable: true,
    description:
      "It was added or changed then or later. Ask for the newest `updatedAt` that you have: the list reaches two minutes " +
      "further back, because a change is seen only when it is committed. So rows come again: take them by `id`.",
  })
  updatedSince?: Date | null;
}
