import { Arg, Args, Ctx as Context, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { wishesOf } from "../platform/graphql/filter";
import type { Level } from "../skills/level.rules";
import { Skill } from "../skills/skill.entity";
import { SkillType } from "../skills/skill.type";
import type { PublicationState } from "./publication.rules";
import { QuestionVersion } from "./question.entity";
import type { QuestionKind } from "./question-content.rules";
import { listingOf, tallyOf } from "./question-search.actions";
import { QuestionFilter, QuestionOrderEnum } from "./question-search.input";
import { type QuestionOrder, wishFaults } from "./question-search.rules";
import {
  KindCountType,
  LevelCountType,
  QuestionFacetsType,
  QuestionSearchType,
  SkillCountType,
  StateCountType,
  TagCountType,
} from "./question-search.type";

interface Search {
  filter: QuestionFilter;
  orderBy: QuestionOrder | null;
}

@Resolver(() => QuestionSearchType)
export class QuestionSearchResolver {
  @Query(() => QuestionSearchType, {
    description:
      "Finds questions: of each the READY version and the one still being written; where it has neither, its newest RETIRED one.",
  })
  searchQuestions(
    @Arg("filter", () => QuestionFilter, {
      nullable: true,
      description: "Which to find; every question when left out.",
    })
    filter: QuestionFilter | null,
    @Arg("orderBy", () => QuestionOrderEnum, {
      nullable: true,
      description: "Their order; RELEVANCE when left out, which is NEWEST without a text.",
    })
    orderBy: QuestionOrder | null,
  ): Search {
    return { filter: wishesOf(filter, wishFaults), orderBy: orderBy ?? null };
  }

  @FieldResolver(() => connectionOf(QuestionVersion), { complexity: 20, description: "The versions found." })
  results(@Root() { filter, orderBy }: Search, @Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, QuestionVersion, args, listingOf(filter, orderBy));
  }

  @FieldResolver(() => QuestionFacetsType, { description: "What could narrow the search." })
  facets(@Root() search: Search): Search {
    return search;
  }
}

@Resolver(() => QuestionFacetsType)
export class QuestionFacetsResolver {
  @FieldResolver(() => [SkillCountType], { complexity: 20, description: "By skill, those below it included." })
  skills(@Root() { filter }: Search, @Context() ctx: Ctx) {
    return tallyOf(ctx, filter, "skills");
  }

  @FieldResolver(() => [LevelCountType], {
    complexity: 20,
    description: "By level; versions without one are not counted.",
  })
  async levels(@Root() { filter }: Search, @Context() ctx: Ctx): Promise<LevelCountType[]> {
    return (await tallyOf<Level>(ctx, filter, "levels")).map(({ value, count }) => ({ level: value, count }));
  }

  @FieldResolver(() => [KindCountType], { complexity: 20, description: "By kind." })
  async kinds(@Root() { filter }: Search, @Context() ctx: Ctx): Promise<KindCountType[]> {
    return (await tallyOf<QuestionKind>(ctx, filter, "kinds")).map(({ value, count }) => ({ kind: value, count }));
  }

  @FieldResolver(() => [TagCountType], { complexity: 20, description: "By label: the 50 most frequent." })
  async tags(@Root() { filter }: Search, @Context() ctx: Ctx): Promise<TagCountType[]> {
    return (await tallyOf(ctx, filter, "tags")).map(({ value, count }) => ({ tag: value, count }));
  }

  @FieldResolver(() => [StateCountType], { complexity: 20, description: "By state." })
  async states(@Root() { filter }: Search, @Context() ctx: Ctx): Promise<StateCountType[]> {
    return (await tallyOf<PublicationState>(ctx, filter, "states")).map(({ value, count }) => ({
      state: value,
      count,
    }));
  }
}

@Resolver(() => SkillCountType)
export class SkillCountResolver {
  @FieldResolver(() => SkillType, { description: "The skill." })
  skill(@Root() { value }: { value: string }, @Context() { db }: Ctx) {
    return byId(db, Skill, value);
  }
}
