import { Args, Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import type { Relation } from "../db/nouns";
import { children, target } from "../db/reading";
import type { OrganizationRow } from "../db/row";
import { connectionOf, PageArguments, relatedPage } from "./connection";
import { publishedType } from "./published";

/** The resolver class of a declared relation: the published field follows from the declaration alone. */
export function relationField(relation: Relation): Class {
  const made = fields[relation.kind](relation);
  Resolver(() => publishedType(relation.parent) as never)(made);
  return made;
}

const fields: Record<Relation["kind"], (relation: Relation) => new () => object> = {
  one(relation) {
    class One {
      [relation.field](root: OrganizationRow, ctx: Ctx) {
        return target(ctx.db, relation, root);
      }
    }
    const options = { nullable: !relation.always, description: relation.description };
    FieldResolver(() => publishedType(relation.target), options)(One.prototype, relation.field, {});
    return withRootAndContext(One, relation);
  },

  many(relation) {
    class Many {
      [relation.field](root: OrganizationRow, ctx: Ctx) {
        return children(ctx.db, relation, root);
      }
    }
    const { description } = relation;
    FieldResolver(() => [publishedType(relation.target)], { description })(Many.prototype, relation.field, {});
    return withRootAndContext(Many, relation);
  },

  pages(relation) {
    class Pages {
      [relation.field](root: OrganizationRow, ctx: Ctx, args: PageArguments) {
        return relatedPage(ctx, relation, root, args);
      }
    }
    const { description } = relation;
    FieldResolver(() => connectionOf(relation.target), { description })(Pages.prototype, relation.field, {});
    Args(() => PageArguments)(Pages.prototype, relation.field, 2);
    return withRootAndContext(Pages, relation);
  },
};

function withRootAndContext<C extends new () => object>(made: C, relation: Relation): C {
  Root()(made.prototype, relation.field, 0);
  Context()(made.prototype, relation.field, 1);
  return made;
}
