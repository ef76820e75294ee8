import { InputType } from "type-graphql";
import { Email, IdOf, Line, Version } from "../platform/graphql/input-fields";

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

  @Version()
  version!: number;

  @Line("Full name; null leaves it as it is.", { optional: true })
  name?: string | null;

  @Email("E-mail address, unique among candidates; null removes it.", { optional: true })
  email?: string | null;
}
