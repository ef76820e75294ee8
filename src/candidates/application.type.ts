import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Application } from "./application.entity";

type Published = Pick<Application, "id" | "createdAt">;

@Noun("Application", "A candidate for a job: what interviews and scores are about.")
export abstract class ApplicationType extends NodeType implements Published {
  @Field(() => Date, { description: "When the candidate applied." })
  createdAt!: Date;
}
