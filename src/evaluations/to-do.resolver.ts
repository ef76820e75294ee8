import { Ctx as Context, FieldResolver, Resolver } from "type-graphql";
import type { Application } from "../candidates/application.entity";
import { ApplicationType } from "../candidates/application.type";
import { type Ctx, ToDoType } from "../identity/viewer.type";
import { openDebriefs } from "./debrief.actions";

@Resolver(() => ToDoType)
export class DebriefsToDoResolver {
  @FieldResolver(() => [ApplicationType], {
    description:
      "Undecided applications whose debrief is open to you: those that you interviewed, or all where you run the hiring; the " +
      "longest open first, at most 50.",
  })
  debriefs(@Context() ctx: Ctx): Promise<Application[]> {
    return openDebriefs(ctx);
  }
}
