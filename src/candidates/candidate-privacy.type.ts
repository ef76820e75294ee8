import { Field } from "type-graphql";
import { ReadAnew } from "../platform/graphql/keeping";
import { Value } from "../platform/graphql/node";

@Value("CandidateExport", "A file of everything that is known of a candidate, for them to read.")
export abstract class CandidateExportType {
  @Field(() => String, { description: "What to call the file. Names the candidate by id." })
  fileName!: string;

  @Field(() => String, { description: "`application/json`." })
  mediaType!: string;

  @ReadAnew(
    "The file's text: JSON, by part of the system, with ids, times in ISO 8601 and all that was written. Colleagues stand in it as `interviewer 1`.",
  )
  text!: string;
}
