import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createCandidate, updateCandidate } from "./candidate.actions";
import { Candidate } from "./candidate.entity";
import { CreateCandidateInput, UpdateCandidateInput } from "./candidate.input";
import { CandidateType } from "./candidate.type";
import { syncListing } from "./sync.actions";
import { CandidateListArguments } from "./sync.input";

const CreateCandidatePayload = payloadOf("CreateCandidate", "candidate", () => CandidateType, "The new candidate.");
const UpdateCandidatePayload = payloadOf(
  "UpdateCandidate",
  "candidate",
  () => CandidateType,
  "The candidate as it is now.",
);

@Resolver()
export class CandidateResolver {
  @Query(() => connectionOf(Candidate), { description: "Candidates that you may see." })
  candidates(@Context() ctx: Ctx, @Args(() => CandidateListArguments) args: CandidateListArguments) {
    const wishes = wishesOf(args.filter, () => []);
    return list(ctx, Candidate, args, syncListing(ctx, "candidate_id", wishes, args.orderBy));
  }

  @Mutation(() => CreateCandidatePayload, { description: "Adds a candidate." })
  createCandidate(@Context() ctx: Ctx, @Input(() => CreateCandidateInput) input: CreateCandidateInput) {
    return payload(ctx, "candidate", input, createCandidate);
  }

  @Mutation(() => UpdateCandidatePayload, { description: "Changes what is known of a candidate." })
  updateCandidate(@Context() ctx: Ctx, @Input(() => UpdateCandidateInput) input: UpdateCandidateInput) {
    return payload(ctx, "candidate", input, updateCandidate);
  }
}
