import { ArgsType, Field, InputType } from "type-graphql";
import { PageArguments } from "../platform/graphql/connection";
import { enumOf } from "../platform/graphql/enum";
import type { SyncOrder } from "./sync.rules";
import { SyncFilter, UPDATED_FIRST_WORDS } from "./sync.type";

const DEFAULT_WORDS = "NEWEST when left out, or UPDATED_FIRST with `updatedSince`.";

const CandidateOrderEnum = enumOf<SyncOrder>("CandidateOrder", "The order of a list of candidates.", {
  NEWEST: "Who was added last comes first.",
  UPDATED_FIRST: UPDATED_FIRST_WORDS,
});

const JobOrderEnum = enumOf<SyncOrder>("JobOrder", "The order of a list of jobs.", {
  NEWEST: "What was added last comes first.",
  UPDATED_FIRST: UPDATED_FIRST_WORDS,
});

@InputType({ description: "Which candidates to list: those that fulfil everything that is given." })
class CandidateFilter extends SyncFilter {}

@InputType({ description: "Which jobs to list: those that fulfil everything that is given." })
class JobFilter extends SyncFilter {}

@ArgsType()
export class CandidateListArguments extends PageArguments {
  @Field(() => CandidateFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: CandidateFilter | null;

  @Field(() => CandidateOrderEnum, { nullable: true, description: `Their order; ${DEFAULT_WORDS}` })
  orderBy?: SyncOrder | null;
}

@ArgsType()
export class JobListArguments extends PageArguments {
  @Field(() => JobFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: JobFilter | null;

  @Field(() => JobOrderEnum, { nullable: true, description: `Their order; ${DEFAULT_WORDS}` })
  orderBy?: SyncOrder | null;
}
