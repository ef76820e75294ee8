import { Field } from "type-graphql";
import { ToldOnce } from "../platform/graphql/keeping";
import { NodeType, Noun, Value } from "../platform/graphql/node";
import type { ScoreLink } from "./score-link.entity";

type Published = Pick<ScoreLink, "id" | "createdAt" | "expiresAt" | "revokedAt">;

@Noun("ScoreLink", "A link to the picture of an application's score, for somebody who does not sign in.")
export abstract class ScoreLinkType extends NodeType implements Published {
  @Field(() => Date, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Date, { description: "When it stops working." })
  expiresAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it was revoked; null while it was not." })
  revokedAt!: Date | null;
}

@Value("NewScoreLink", "A link that was just made. Keep its address: it is not told again.")
export abstract class NewScoreLinkType {
  @ToldOnce("Path of the page on this server, such as `/score/…`. Whoever has it reads the score until it expires.")
  path!: string;

  @Field(() => ScoreLinkType, { description: "The link, to know it by and to revoke it." })
  scoreLink!: ScoreLink;
}
