import { Args, Ctx as Context, Query, Resolver } from "type-graphql";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Member } from "./member.entity";
import type { Ctx } from "./viewer.type";

@Resolver()
export class MemberResolver {
  @Query(() => connectionOf(Member), { description: "Everybody who works here, by e-mail." })
  members(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Member, args);
  }
}
