import { IsOptional, ValidateBy } from "class-validator";

export interface Options {
  optional?: boolean;
}

export interface Bounds extends Options {
  max?: number;
}

type Test = (value: never) => boolean;

/** The constraint's name becomes the code of the user error. */
export function checked(code: string, test: Test, message: string, list = false): PropertyDecorator {
  const validate = (value: unknown) => value !== undefined && test(value as never);
  return ValidateBy({ name: code, validator: { validate, defaultMessage: () => message } }, { each: list });
}

export function compose(...decorators: (PropertyDecorator | undefined)[]): PropertyDecorator {
  return (target, key) => {
    for (const decorate of decorators) decorate?.(target, key);
  };
}

export const optionally = ({ optional }: Options) => (optional ? IsOptional() : undefined);
