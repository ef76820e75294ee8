import { IsOptional, ValidateBy } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArguments } from "../platform/graphql/connection";
import { Line } from "../platform/graphql/input-fields";
import { Texts } from "../platform/graphql/input-lists";
import { typeOfId } from "../platform/ids";
import type { AuditTrailWishes } from "./audit-trail-filter.rules";

/** The id of one of some nouns. */
function IdOfOne(description: string, isOne: (type: string | undefined) => boolean, wanted: string): PropertyDecorator {
  const validate = (id: string) => isOne(typeOfId(id));
  const validator = { validate, defaultMessage: () => `wants ${wanted}` };
  return (target, key) => {
    Field(() => ID, { nullable: true, description })(target, key);
    IsOptional()(target, key as string);
    ValidateBy({ name: "WRONG_ID_TYPE", validator })(target, key);
  };
}

const ACTORS: readonly (string | undefined)[] = ["Member", "ApiKey"];

/** Whoever did something. */
export const IdOfActor = (description: string): PropertyDecorator =>
  IdOfOne(description, (type) => ACTORS.includes(type), "the id of a Member or an ApiKey");

const IdOfAnything = (description: string): PropertyDecorator =>
  IdOfOne(description, (type) => type !== undefined, "an id of ours");

@InputType({ description: "Which entries to list: those that fulfil everything that is given." })
class AuditTrailFilter implements AuditTrailWishes {
  @Texts("What happened, such as `scorecard.submitted`: any of these.", { max: 50, length: 100 })
  types?: string[] | null;

  @IdOfActor("The member or key that did it.")
  actorId?: string | null;

  @IdOfAnything("What it happened to; also what you may not see, or what is no more.")
  objectId?: string | null;

  @Line("Everything that one request did: the `x-request-id` of its answer.", { max: 64, optional: true })
  requestId?: string | null;

  @Field(() => Date, { nullable: true, description: "It happened then or later." })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: "It happened before then." })
  until?: Date | null;
}

@ArgsType()
export class AuditTrailArguments extends PageArguments {
  @Field(() => AuditTrailFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: AuditTrailFilter | null;
}
