import { z } from "zod";
import { isLine, isProse, isVisible } from "../text";

/*
 * What the values of a file are made of; the same rules as for the fields of inputs.
 */

/** A name or title. */
export const line = (max = 200) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => isLine(value, max), {
      error: `wants one line of 1 to ${max} characters, without control characters`,
    });

/** Free text: may be empty and may have many lines. */
export const prose = (max = 20_000) =>
  z
    .string()
    .max(max)
    .refine((value) => isProse(value, max), { error: "wants a text without NUL or other control characters" });

/** Free text that says something. */
export const saying = (max = 20_000) => prose(max).refine(isVisible, { error: "wants a text that is not blank" });

export const slug = () =>
  z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: "wants lower-case letters and digits, joined by single hyphens" })
    .max(100);

/** What something is called in files. */
export const key = () => line(255);

export const whole = (min: number, max: number) => z.int().min(min).max(max);

/** A list in which nothing comes twice. */
export const distinct = <T extends z.ZodType>(each: T, max: number) =>
  z
    .array(each)
    .max(max)
    .refine((values) => new Set(values.map((value) => JSON.stringify(value))).size === values.length, {
      error: "names something twice",
    });
