import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { LessThan } from "typeorm";
import type { Context } from "./context";
import { InterviewSession } from "./interview.entities";
import { Node } from "./node";
import { InterviewSessionConnection, QuestionConnection } from "./pages.types";
import { Application, Job } from "./people.entities";
import { Question } from "./question.entities";

const cursorOf = ({ id }: { id: string }) => Buffer.from(JSON.stringify([id])).toString("base64url");
const idIn = (after: string): string => JSON.parse(Buffer.from(after, "base64url").toString())[0];

const NODES = [InterviewSession, Application, Job];

@Resolver()
export class QueryResolver {
  @Query(() => Node, { nullable: true })
  async node(@Arg("id", () => ID) id: string, @Ctx() { runner }: Context): Promise<Node | null> {
    const type = { "052": 0, "042": 1, "041": 2 }[id.slice(15, 18)];
    return type === undefined ? null : runner.manager.findOneBy(NODES[type] as typeof InterviewSession, { id });
  }

  @Query(() => InterviewSessionConnection)
  async interviewSessions(
    @Arg("first", () => Int) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { runner }: Context,
  ): Promise<InterviewSessionConnection> {
    const rows = await runner.manager.find(InterviewSession, {
      where: after ? { id: LessThan(idIn(after)) } : {},
      order: { id: "DESC" },
      take: first + 1,
    });
    const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node), node }));
    return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
  }

  @Query(() => QuestionConnection)
  async questions(@Arg("first", () => Int) first: number, @Ctx() { runner }: Context): Promise<QuestionConnection> {
    return { nodes: await runner.manager.find(Question, { order: { id: "DESC" }, take: first }) };
  }
}
