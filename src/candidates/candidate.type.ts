import { Field, Int } from "type-graphql";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Candidate } from "./candidate.entity";

type Published = Pick<Candidate, "id" | "name" | "email" | "erasedAt" | "createdAt" | "updatedAt" | "version">;

@Noun("Candidate", "Somebody who applies.")
export abstract class CandidateType extends NodeType implements Published {
  @Field(() => String, { description: "Full name." })
  name!: string;

  @Field(() => String, { nullable: true, description: "E-mail address in lower case; null where none is known." })
  email!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: "When their personal data was erased; null where it is there. Nothing more is written about them.",
  })
  erasedAt!: Date | null;

  @Field(() => Date, { description: "When the candidate was added." })
  createdAt!: Date;

  @Field(() => Date, { description: "When the candidate was added or changed last." })
  updatedAt!: Date;

  @Field(() => Int, { description: "Grows with each change; send it back to change the candidate." })
  version!: number;
}
