import { Ctx as Context, FieldResolver, Resolver } from "type-graphql";
import { type Ctx, ToDoType } from "../identity/viewer.type";
import type { Panelist } from "./interview-session.entity";
import { PanelistType } from "./interview-session.type";
import { seatsToReassign } from "./to-do.actions";

@Resolver(() => ToDoType)
export class SeatsToDoResolver {
  @FieldResolver(() => [PanelistType], {
    description:
      "Seats of deactivated members in sessions to come, or whose scorecard is still wanted: use `replacePanelist`, " +
      "`removePanelist` or `waiveScorecard`. The earliest session first, at most 50; empty unless you run the hiring.",
  })
  seatsToReassign(@Context() ctx: Ctx): Promise<Panelist[]> {
    return seatsToReassign(ctx);
  }
}
