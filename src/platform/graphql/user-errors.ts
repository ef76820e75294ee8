import { type ValidationError, validateSync } from "class-validator";
import { Field, registerEnumType } from "type-graphql";
import { sqlState } from "../db/database";
import { type Fault, platformRefusals, Refusal, refuseAll, topLevelCodes } from "../errors";
import type { Slice } from "../slice";
import { Value } from "./node";

const UNIQUE_VIOLATION = "23505";
const codes: Record<string, string> = {};
const conflicts = new Map<string, { field: readonly string[]; message: string }>();

/** Publishes what the manifests say can be refused. */
export function registerRefusals(slices: readonly Slice[]): void {
  const all = Object.assign({}, platformRefusals, ...slices.map((slice) => slice.refusals)) as Record<string, string>;
  for (const code of Object.keys(all)) codes[code] = code;
  for (const slice of slices) for (const each of Object.entries(slice.conflicts ?? {})) conflicts.set(...each);
  registerEnumType(codes, {
    name: "UserErrorCode",
    description: "Why a mutation was refused, in a word that programs can rely on.",
    valuesConfig: Object.fromEntries(Object.entries(all).map(([code, description]) => [code, { description }])),
  });
}

@Value("UserError", "Something in the input that the caller can mend. Nothing was written.")
export class UserError {
  @Field(() => codes, { description: "What is wrong, for programs." })
  code!: string;

  @Field(() => String, { description: "What is wrong and how to mend it, for people." })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: "Path of the field at fault within `input`; null when it is none alone.",
  })
  field!: readonly string[] | null;
}

/** @throws Refusal with every fault of the input's fields */
export function check(input: object): void {
  refuseAll(inputFaults(input));
}

/** What is wrong with the fields of an input, which stands at the path `above`. */
export const inputFaults = (input: object, above: readonly string[] = []): Fault[] =>
  validateSync(input, { forbidUnknownValues: false }).flatMap((error) => faultsOf(error, above));

function faultsOf(error: ValidationError, above: readonly string[]): Fault[] {
  const field = [...above, error.property];
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({
    code: codes[constraint] ?? "BAD_INPUT",
    message: `\`${field.join(".")}\` ${message}.`,
    field,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, field))];
}

/** What the caller can mend in an error, or null when there is nothing. */
export function mendable(error: unknown): readonly Fault[] | null {
  if (error instanceof Refusal) return topLevelCodes.has(error.code) ? null : error.faults;
  if (sqlState(error) !== UNIQUE_VIOLATION) return null;
  const conflict = conflicts.get((error as { constraint?: string }).constraint ?? "");
  return conflict ? [{ code: "ALREADY_EXISTS", ...conflict }] : null;
}
