import { Args, Ctx as Context, Mutation, Query, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createInterviewKit, editInterviewKit } from "./interview-kit.actions";
import { InterviewKit } from "./interview-kit.entity";
import { CreateInterviewKitInput, EditInterviewKitInput } from "./interview-kit.input";
import { InterviewKitType } from "./interview-kit.type";

const CreateInterviewKitPayload = payloadOf(
  "CreateInterviewKit",
  "interviewKit",
  () => InterviewKitType,
  "The new kit.",
);
const EditInterviewKitPayload = payloadOf(
  "EditInterviewKit",
  "interviewKit",
  () => InterviewKitType,
  "The kit, as it is now.",
);

@Resolver()
export class InterviewKitResolver {
  @Query(() => connectionOf(InterviewKit), { description: "Interview kits, by name." })
  interviewKits(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, InterviewKit, args);
  }

  @Mutation(() => CreateInterviewKitPayload, { description: "Puts an interview kit together." })
  createInterviewKit(@Context() ctx: Ctx, @Input(() => CreateInterviewKitInput) input: CreateInterviewKitInput) {
    return payload(ctx, "interviewKit", input, createInterviewKit);
  }

  @Mutation(() => EditInterviewKitPayload, {
    description: "Puts an interview kit together anew. Sessions that were planned with it stay as they are.",
  })
  editInterviewKit(@Context() ctx: Ctx, @Input(() => EditInterviewKitInput) input: EditInterviewKitInput) {
    return payload(ctx, "interviewKit", input, editInterviewKit);
  }
}
