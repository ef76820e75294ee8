import { Arg, Field } from "type-graphql";
import type { Class } from "../class";
import type { Ctx } from "../context";
import { type Fault, Refusal } from "../errors";
import { recordRefusal } from "../journal/access-log";
import { Value } from "./node";
import { check, mendable, UserError } from "./user-errors";

/** The one argument of a mutation. */
export const Input = (type: () => Class): ParameterDecorator =>
  Arg("input", type, { description: "What to do, all in one." }) as ParameterDecorator;

/** A mutation's answer: what came of it, or why nothing did. */
export function payloadOf(name: string, field: string, type: () => Class | Class[], description: string): Class {
  @Value(`${name}Payload`, `Answer of \`${name[0]!.toLowerCase()}${name.slice(1)}\`.`)
  class Payload {
    @Field(() => [UserError], { description: "Why nothing was done; empty when it was." })
    userErrors!: readonly Fault[];
  }
  Field(type, { nullable: true, description: `${description} Null when \`userErrors\` has any.` })(
    Payload.prototype,
    field,
  );
  return Payload;
}

/** Checks the input, acts, and answers with the payload; what the caller can mend becomes a user error. */
export async function payload<C extends Ctx, I extends object, R>(
  ctx: C,
  field: string,
  input: I,
  act: (ctx: C, input: I) => Promise<R>,
): Promise<object> {
  try {
    check(input);
    return { [field]: await act(ctx, input), userErrors: [] };
  } catch (error) {
    const userErrors = mendable(error);
    if (userErrors || error instanceof Refusal) await ctx.db.once?.forget(error);
    if (userErrors) return { [field]: null, userErrors };
    if (error instanceof Refusal && error.code === "FORBIDDEN") await recordRefusal(ctx, error);
    throw error;
  }
}
