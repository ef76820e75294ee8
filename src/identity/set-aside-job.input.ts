import { InputType } from "type-graphql";
import { IdOf, Version } from "../platform/graphql/input-fields";

@InputType({ description: "A job that was set aside and is to be tried again." })
export class RetryJobInput {
  @IdOf("SetAsideJob", "The job.")
  id!: string;

  @Version()
  version!: number;
}
