import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Job } from "./job.entity";

type Published = Pick<Job, "id" | "title" | "createdAt" | "updatedAt">;

@Noun("Job", "An opening, and the profile against which its candidates are measured.")
export abstract class JobType extends NodeType implements Published {
  @Field(() => String, { description: "Title of the opening." })
  title!: string;

  @Field(() => Date, { description: "When the job was added." })
  createdAt!: Date;

  @Field(() => Date, { description: "When the job was added or changed last." })
  updatedAt!: Date;
}
