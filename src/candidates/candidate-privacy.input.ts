import { InputType } from "type-graphql";
import { IdOf, Version } from "../platform/graphql/input-fields";

@InputType({ description: "Whose data to write out." })
export class ExportCandidateInput {
  @IdOf("Candidate", "The candidate.")
  id!: string;
}

@InputType({ description: "Whose data to erase." })
export class EraseCandidateInput {
  @IdOf("Candidate", "The candidate.")
  id!: string;

  @Version()
  version!: number;
}
