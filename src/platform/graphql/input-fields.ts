import { IsOptional, ValidateNested } from "class-validator";
import { Field, ID, Int } from "type-graphql";
import type { Class } from "../class";
import { isIdOf, typeOfId } from "../ids";
import { isLine, isPrintable, isProse, isSlug, isVisible } from "../text";
import { type Bounds, checked, compose, type Options, optionally } from "./checked-field";

/*
 * The fields that inputs are made of. Each publishes itself and says what it accepts, so that a text field that takes
 * what PostgreSQL cannot store, or an id of another type, cannot be written down.
 */

/** A name or title: one line, not blank. */
export function Line(description: string, { max = 200, ...options }: Bounds = {}): PropertyDecorator {
  const test = (value: string) => isLine(value, max);
  return compose(
    Field(() => String, {
      nullable: options.optional,
      description: `${description} One line, 1 to ${max} characters.`,
    }),
    optionally(options),
    checked("BAD_INPUT", test, `wants one line of 1 to ${max} characters, without control characters`),
  );
}

/** What something is called in files and elsewhere. Not in the form of our ids, which files may use as keys. */
export function ExternalKey(description: string): PropertyDecorator {
  const test = (value: string) => isLine(value, 255) && typeOfId(value) === undefined;
  return compose(
    Field(() => String, {
      nullable: true,
      description: `${description} One line, 1 to 255 characters; no id of ours.`,
    }),
    IsOptional(),
    checked("BAD_INPUT", test, "wants one line of 1 to 255 characters that is no id of ours"),
  );
}

/** Free text: may be empty and may have many lines. */
export function Prose(description: string, { max = 20_000, ...options }: Bounds = {}): PropertyDecorator {
  const test = (value: string) => isProse(value, max);
  return compose(
    Field(() => String, { nullable: options.optional, description: `${description} At most ${max} characters.` }),
    optionally(options),
    checked("BAD_INPUT", test, `wants at most ${max} characters, without NUL or other control characters`),
  );
}

/** Free text that says something: not blank, and may have many lines. */
export function Saying(description: string, { max = 20_000, ...options }: Bounds = {}): PropertyDecorator {
  const test = (value: string) => isVisible(value) && isProse(value, max);
  return compose(
    Field(() => String, {
      nullable: options.optional,
      description: `${description} 1 to ${max} characters, not blank.`,
    }),
    optionally(options),
    checked("BAD_INPUT", test, `wants a text of 1 to ${max} characters, without NUL or other control characters`),
  );
}

/** A key that people choose: lower case, digits, hyphens. */
export function Slug(description: string, options: Options = {}): PropertyDecorator {
  return compose(
    Field(() => String, {
      nullable: options.optional,
      description: `${description} Lower-case letters, digits and hyphens.`,
    }),
    optionally(options),
    checked("BAD_INPUT", isSlug, "wants lower-case letters and digits, joined by single hyphens, at most 100"),
  );
}

/** An address that mail could reach; checked for form only. */
export function Email(description: string, options: Options = {}): PropertyDecorator {
  const test = (value: string) => /^[^\s@]+@[^\s@]+$/.test(value) && value.length <= 254 && isPrintable(value);
  return compose(
    Field(() => String, { nullable: options.optional, description }),
    optionally(options),
    checked("BAD_INPUT", test, "wants an e-mail address such as ada@example.org"),
  );
}

/** The id of a noun, by its published name. */
export function IdOf(type: string, description: string, options: Options = {}): PropertyDecorator {
  return compose(
    Field(() => ID, { nullable: options.optional, description }),
    optionally(options),
    checked("WRONG_ID_TYPE", (value: string) => isIdOf(type, value), `wants the id of a ${type}`),
  );
}

/** A whole number between two bounds, both allowed. */
export function Whole(min: number, max: number, description: string, options: Options = {}): PropertyDecorator {
  return compose(
    Field(() => Int, { nullable: options.optional, description: `${description} ${min} to ${max}.` }),
    optionally(options),
    checked("BAD_INPUT", (value: number) => value >= min && value <= max, `wants ${min} to ${max}`),
  );
}

/** The `version` that the caller read, against lost updates. */
export function Version(description = "The `version` that you read.", options: Options = {}): PropertyDecorator {
  return compose(
    Field(() => Int, { nullable: options.optional, description }),
    optionally(options),
    checked("BAD_INPUT", (value: number) => value >= 1, "wants the `version` that you read, 1 or more"),
  );
}

/** An input within an input. */
export function Part(type: () => Class, description: string): PropertyDecorator {
  return compose(Field(type, { nullable: true, description }), IsOptional(), ValidateNested());
}

/** A yes or no with a default. */
export function Flag(description: string, byDefault: boolean): PropertyDecorator {
  return Field(() => Boolean, { defaultValue: byDefault, description: `${description} Default ${byDefault}.` });
}
