import { Field } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { ExternalReference } from "./external-reference.entity";

type Published = Pick<ExternalReference, "id" | "system" | "externalId" | "createdAt">;

@Noun("ExternalReference", "What another system, such as an ATS, calls a candidate, a job or an application.")
export abstract class ExternalReferenceType extends NodeType implements Published {
  @Field(() => String, { description: "Name of the system, such as `greenhouse`." })
  system!: string;

  @Field(() => String, { description: "The object's id there." })
  externalId!: string;

  @Field(() => Date, { description: "When the system sent it first." })
  createdAt!: Date;
}
