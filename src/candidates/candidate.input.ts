import { InputType } from "type-graphql";
import { Email, IdOf, Line, Whole } from "../platform/graphql/input-fields";

@InputType({ description: "A candidate to add." })
export class CreateCandidateInput {
  @Line("Full name.")
  name!: string;

  @Email("E-mail address, unique among candidates.", { optional: true })
  email?: string | null;
}

@InputType({ description: "What to change about a candidate; what is left out stays." })
export class UpdateCandidateInput {
  @IdOf("Candidate", "The candidate.")
  id!: string;

  @Whole(1, 2_147_483_647, "The `version` that you read.")
  version!: number;

  @Line("Full name.", { optional: true })
  name?: string | null;

  @Email("E-mail address, unique among candidates.", { optional: true })
  email?: string | null;
}
