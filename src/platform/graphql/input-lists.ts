import { IsOptional, ValidateNested } from "class-validator";
import { Field, ID } from "type-graphql";
import type { Class } from "../class";
import { isIdOf } from "../ids";
import { isLine, isProse, isVisible } from "../text";
import { checked, compose, type Options, optionally } from "./checked-field";

/* The fields of inputs that hold several of something; the others stand in input-fields.ts. */

/** Short labels. */
export function Tags(description: string, { max = 20 }: { max?: number } = {}): PropertyDecorator {
  const test = (value: string) => isLine(value, 60);
  return compose(
    Field(() => [String], {
      nullable: true,
      description: `${description} At most ${max}, each one line of 1 to 60 characters.`,
    }),
    IsOptional(),
    checked("BAD_INPUT", test, "wants labels of 1 to 60 characters", true),
    checked("BAD_INPUT", (value: string[]) => value.length <= max, `wants at most ${max} labels`),
  );
}

/** A few texts, in order. */
export function Texts(description: string, { max = 20, length = 2000 } = {}): PropertyDecorator {
  const test = (value: string) => isVisible(value) && isProse(value, length);
  return compose(
    Field(() => [String], {
      nullable: true,
      description: `${description} At most ${max}, each of 1 to ${length} characters.`,
    }),
    IsOptional(),
    checked("BAD_INPUT", test, `wants texts of 1 to ${length} characters, without control characters`, true),
    checked("BAD_INPUT", (value: string[]) => value.length <= max, `wants at most ${max} texts`),
  );
}

/** Ids of nouns of one type, each once. */
export function IdsOf(type: string, description: string, { max = 20 } = {}): PropertyDecorator {
  return compose(
    Field(() => [ID], { nullable: true, description: `${description} At most ${max}, each once.` }),
    IsOptional(),
    checked("WRONG_ID_TYPE", (value: string) => isIdOf(type, value), `wants ids of a ${type}`, true),
    checked(
      "BAD_INPUT",
      (value: string[]) => value.length <= max && new Set(value).size === value.length,
      `wants at most ${max} ids, each once`,
    ),
  );
}

/** Inputs within an input. */
export function Parts(
  type: () => Class,
  description: string,
  { max = 100, min = 0, ...options }: { max?: number; min?: number } & Options = {},
): PropertyDecorator {
  return compose(
    Field(() => [type()], { nullable: options.optional, description: `${description} ${min} to ${max}.` }),
    optionally(options),
    ValidateNested({ each: true }),
    checked(
      "BAD_INPUT",
      (value: object[]) => value.length >= min && value.length <= max,
      `wants ${min} to ${max} of them`,
    ),
  );
}

/** Inputs within an input that stand each for itself: whoever takes them checks one by one, so that a bad one fails alone. */
export function Items(type: () => Class, description: string, { max }: { max: number }): PropertyDecorator {
  const test = (value: object[]) => value.length >= 1 && value.length <= max;
  return compose(
    Field(() => [type()], { description: `${description} 1 to ${max}.` }),
    checked("BAD_INPUT", test, `wants 1 to ${max} of them`),
  );
}
