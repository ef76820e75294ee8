import { Field } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Application } from "./application.entity";
import type { ApplicationStatus } from "./application.rules";

export const ApplicationStatusEnum = enumOf<ApplicationStatus>("ApplicationStatus", "Where an application stands.", {
  ACTIVE: "Nothing is decided yet.",
  HIRED: "It was decided to hire.",
  REJECTED: "It was decided not to hire.",
});

type Published = Pick<Application, "id" | "status" | "createdAt" | "updatedAt">;

@Noun("Application", "A candidate for a job: what interviews and scores are about.")
export abstract class ApplicationType extends NodeType implements Published {
  @Field(() => ApplicationStatusEnum, { description: "Where the application stands." })
  status!: ApplicationStatus;

  @Field(() => Date, { description: "When the candidate applied." })
  createdAt!: Date;

  @Field(() => Date, { description: "When the candidate applied, or the application was changed last." })
  updatedAt!: Date;
}
