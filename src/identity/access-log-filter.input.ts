import { ArgsType, Field, InputType } from "type-graphql";
import { PageArguments } from "../platform/graphql/connection";
import { Line } from "../platform/graphql/input-fields";
import type { AccessKind } from "../platform/journal/access-log.entity";
import { AccessKindEnum } from "./access-log.type";
import type { AccessLogWishes } from "./access-log-filter.rules";
import { IdOfActor } from "./audit-trail-filter.input";

@InputType({ description: "Which entries to list: those that fulfil everything that is given." })
class AccessLogFilter implements AccessLogWishes<AccessKind> {
  @Field(() => [AccessKindEnum], { nullable: true, description: "What it tells of: any of these." })
  kinds?: AccessKind[] | null;

  @IdOfActor("The member or key that it was.")
  actorId?: string | null;

  @Line("The address that the request came from, as the log writes it.", { max: 64, optional: true })
  address?: string | null;

  @Field(() => Date, { nullable: true, description: "It was then or later." })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: "It was before then." })
  until?: Date | null;
}

@ArgsType()
export class AccessLogArguments extends PageArguments {
  @Field(() => AccessLogFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: AccessLogFilter | null;
}
