import { InputType } from "type-graphql";
import { Email, IdOf, Line, Slug } from "../platform/graphql/input-fields";
import { Items } from "../platform/graphql/input-lists";
import { MOST_ITEMS } from "./upsert.rules";

const LONGEST = { max: 255 };
const most = { max: MOST_ITEMS };
const NAME = "Name of the system that sends, such as `greenhouse`. It is the same in each call.";
const ITEMS = "Each stands for itself: a bad one fails alone.";

@InputType({ description: "A candidate as another system has them." })
export class UpsertCandidateItem {
  @Line("What the system calls the candidate.", LONGEST)
  externalId!: string;

  @Line("Full name.")
  name!: string;

  @Email("E-mail address. Left out it stays as it is; null removes it.", { optional: true })
  email?: string | null;
}

@InputType({ description: "Candidates as another system has them." })
export class UpsertCandidatesInput {
  @Slug(NAME)
  system!: string;

  @Items(() => UpsertCandidateItem, ITEMS, most)
  items!: UpsertCandidateItem[];
}

@InputType({ description: "A job as another system has it." })
export class UpsertJobItem {
  @Line("What the system calls the job.", LONGEST)
  externalId!: string;

  @Line("Title of the opening.")
  title!: string;

  @IdOf(
    "RoleProfileVersion",
    "The profile against which candidates are measured. Wanted for a new job; left out or null, a job keeps its own.",
    { optional: true },
  )
  profileVersionId?: string | null;
}

@InputType({ description: "Jobs as another system has them." })
export class UpsertJobsInput {
  @Slug(NAME)
  system!: string;

  @Items(() => UpsertJobItem, ITEMS, most)
  items!: UpsertJobItem[];
}

@InputType({
  description: "An application as another system has it. Where it stands is decided here, and is not sent.",
})
export class UpsertApplicationItem {
  @Line("What the system calls the application.", LONGEST)
  externalId!: string;

  @Line("Who applies, as the system calls them: send them with `upsertCandidates` before.", LONGEST)
  candidateExternalId!: string;

  @Line("What for, as the system calls it: send it with `upsertJobs` before.", LONGEST)
  jobExternalId!: string;
}

@InputType({ description: "Applications as another system has them." })
export class UpsertApplicationsInput {
  @Slug(NAME)
  system!: string;

  @Items(() => UpsertApplicationItem, ITEMS, most)
  items!: UpsertApplicationItem[];
}
