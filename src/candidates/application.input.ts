import { InputType } from "type-graphql";
import { IdOf } from "../platform/graphql/input-fields";

@InputType({ description: "A candidate for a job." })
export class CreateApplicationInput {
  @IdOf("Candidate", "Who applies.")
  candidateId!: string;

  @IdOf("Job", "What for.")
  jobId!: string;
}
