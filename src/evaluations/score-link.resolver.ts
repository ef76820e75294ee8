import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { createScoreLink, revokeScoreLink } from "./score-link.actions";
import { CreateScoreLinkInput, RevokeScoreLinkInput } from "./score-link.input";
import { NewScoreLinkType, ScoreLinkType } from "./score-link.type";

const CreateScoreLinkPayload = payloadOf(
  "CreateScoreLink",
  "newScoreLink",
  () => NewScoreLinkType,
  "The link with its address.",
);
const RevokeScoreLinkPayload = payloadOf(
  "RevokeScoreLink",
  "scoreLink",
  () => ScoreLinkType,
  "The link, which opens nothing any more.",
);

@Resolver()
export class ScoreLinkResolver {
  @Mutation(() => CreateScoreLinkPayload, {
    description:
      "Opens a page with an application's score to whoever has the link, without signing in; for those who run the hiring and " +
      "see the score. It shows what its maker may see at the time: it opens nothing while the score is kept from them.",
  })
  createScoreLink(@Context() ctx: Ctx, @Input(() => CreateScoreLinkInput) input: CreateScoreLinkInput) {
    return payload(ctx, "newScoreLink", input, createScoreLink);
  }

  @Mutation(() => RevokeScoreLinkPayload, {
    description: "Closes a link for good, whoever made it; for those who run the hiring.",
  })
  revokeScoreLink(@Context() ctx: Ctx, @Input(() => RevokeScoreLinkInput) input: RevokeScoreLinkInput) {
    return payload(ctx, "scoreLink", input, revokeScoreLink);
  }
}
