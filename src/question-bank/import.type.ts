import { Field, Int } from "type-graphql";
import type { ItemFault, Outcome } from "../platform/exchange/section";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun, Value } from "../platform/graphql/node";
import type { Import } from "./import.entity";
import type { BankFormat, ImportState } from "./import.rules";

export const BankFormatEnum = enumOf<BankFormat>("BankFormat", "How a file of questions is written.", {
  YAML: "Assay's own format: banks, questions, rubrics, profiles and kits.",
  GIFT: "Moodle's text format: questions alone.",
  AIKEN: "Questions with one right option, a line each.",
  CSV: "Questions as a table, with the header row that an export writes.",
});

export const ImportStateEnum = enumOf<ImportState>("ImportState", "How far an import has come.", {
  RUNNING: "Under way.",
  DONE: "Over: what could be written was written.",
  FAILED: "Over: nothing was written.",
});

type Published = Pick<Import, "id" | "format" | "itemCount" | "doneCount" | "failure" | "createdAt" | "finishedAt">;

@Noun("Import", "An import under way or over.")
export abstract class ImportType extends NodeType implements Published {
  @Field(() => BankFormatEnum, { description: "How the file was written." })
  format!: BankFormat;

  @Field(() => Int, { description: "Items of the file." })
  itemCount!: number;

  @Field(() => Int, { description: "Items that have been looked at and, where need be, written." })
  doneCount!: number;

  @Field(() => String, {
    nullable: true,
    description: "Why it failed; null otherwise, and where its server ended first.",
  })
  failure!: string | null;

  @Field(() => Date, { description: "When it began." })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: "When it ended; null while it is under way, and where its server ended first.",
  })
  finishedAt!: Date | null;
}

const ImportOutcomeEnum = enumOf<Outcome>("ImportOutcome", "What an import did with one item of the file.", {
  CREATED: "It is new.",
  UPDATED: "What was there of its key says this now, in a new version where it has versions.",
  UNCHANGED: "What is there says the same already.",
  REFUSED: "It cannot be read or used; `faults` say why and where.",
  IGNORED: "There was nothing to do: it is no question, or was retired here; `faults` say which.",
});

@Value("ImportFault", "What is wrong with an item of a file, where, and how to mend it.")
class ImportFaultType implements ItemFault {
  @Field(() => Int, { description: "Line of the file, from 1." })
  line!: number;

  @Field(() => String, { description: "Path from the item, such as `options.1.text`; empty for the item itself." })
  path!: string;

  @Field(() => String, { description: "What is wrong and how to mend it, for people." })
  message!: string;
}

@Value("ImportedItem", "What became of one item of a file.")
export class ImportedItemType {
  @Field(() => String, { description: "Section of the file that holds it, such as `questions`." })
  section!: string;

  @Field(() => Int, { description: "First line of the item, from 1." })
  line!: number;

  @Field(() => String, { description: "Path from the file, such as `questions.3`." })
  path!: string;

  @Field(() => String, { nullable: true, description: "Its key in the file; null where it has none." })
  key!: string | null;

  @Field(() => String, { nullable: true, description: "Its title or name in the file; null where it has none." })
  title!: string | null;

  @Field(() => ImportOutcomeEnum, { description: "What was done with it." })
  outcome!: Outcome;

  @Field(() => [ImportFaultType], { description: "Why it was refused or ignored; empty otherwise." })
  faults!: ItemFault[];
}

@Value("ImportCounts", "How many items of a file had each outcome.")
export class ImportCountsType {
  @Field(() => Int, { description: "New ones." })
  created!: number;

  @Field(() => Int, { description: "Changed ones." })
  updated!: number;

  @Field(() => Int, { description: "Those that are there already." })
  unchanged!: number;

  @Field(() => Int, { description: "Those that cannot be read or used." })
  refused!: number;

  @Field(() => Int, { description: "Those with which there was nothing to do." })
  ignored!: number;
}

@Value("ImportReport", "What an import did, item by item.")
export class ImportReportType {
  @Field(() => Boolean, { description: "Whether this only tells what would be done." })
  dryRun!: boolean;

  @Field(() => ImportType, { nullable: true, description: "The import, as it ended; null on a dry run." })
  import!: ImportType | null;

  @Field(() => ImportCountsType, { description: "How many items had each outcome." })
  counts!: ImportCountsType;

  @Field(() => [ImportedItemType], { description: "Every item of the file, by line." })
  items!: ImportedItemType[];
}
