import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Int } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { SetAsideJob } from "../platform/jobs/set-aside-job.entity";

type Published = Pick<
  SetAsideJob,
  "id" | "job" | "facts" | "attempts" | "failure" | "createdAt" | "retriedAt" | "version"
>;

@Noun("SetAsideJob", "Work of the server that failed at each of its tries, and waits for somebody to look at it.")
export abstract class SetAsideJobType extends NodeType implements Published {
  @Field(() => String, { description: "What was to be done, such as `identity.mailInvitation`." })
  job!: string;

  @Field(() => GraphQLJSONObject, { description: "What it was given: ids and numbers." })
  facts!: Readonly<Record<string, unknown>>;

  @Field(() => Int, { description: "How often it was tried." })
  attempts!: number;

  @Field(() => String, { description: "What the last try said." })
  failure!: string;

  @Field(() => Date, { description: "When it was set aside." })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: "When somebody had it tried again; null until then." })
  retriedAt!: Date | null;

  @Field(() => Int, { description: "Grows with each change; send it back to have it tried again." })
  version!: number;
}
