import type { Fault } from "../platform/errors";

/** What is wrong with a period that begins with one wish and ends before the other, each by its name. */
export function periodFaults<F extends string, U extends string>(
  wishes: Readonly<Partial<Record<F | U, unknown>>>,
  from: F,
  until: U,
): Fault[] {
  const [first, end] = [wishes[from], wishes[until]];
  if (!(first instanceof Date && end instanceof Date) || first < end) return [];
  const message = `\`${until}\` is not after \`${from}\`, so that nothing lies between: swap them, or leave one out.`;
  return [{ code: "BAD_INPUT", message, field: [until] }];
}
