import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { Value } from "../platform/graphql/node";
import type { ImportOutcome } from "./question-import.rules";

const ImportOutcomeEnum = enumOf<ImportOutcome>("ImportOutcome", "What an import did with one question of the file.", {
  CREATED: "A new question.",
  UPDATED: "A new version of a question of the same external key.",
  UNCHANGED: "The bank says the same already.",
  REFUSED: "It cannot be read or used; `reason` says why and where.",
  IGNORED: "It is no question, such as a category.",
});

@Value("ImportedItem", "What became of one question of the file.")
export class ImportedItemType {
  @Field(() => Int, { description: "First line of the question in the file, from 1." })
  line!: number;

  @Field(() => String, { nullable: true, description: "Title of the question, where the file gives one." })
  title!: string | null;

  @Field(() => String, { nullable: true, description: "External key of the question, where the file gives one." })
  externalKey!: string | null;

  @Field(() => ImportOutcomeEnum, { description: "What was done with it." })
  outcome!: ImportOutcome;

  @Field(() => String, { nullable: true, description: "Why it was refused or ignored, where, and how to mend it." })
  reason!: string | null;
}

@Value("ImportReport", "What an import did, question by question.")
export class ImportReportType {
  @Field(() => Boolean, { description: "Whether this only tells what would be done." })
  dryRun!: boolean;

  @Field(() => [ImportedItemType], { description: "Every question of the file, in its order." })
  items!: ImportedItemType[];
}
