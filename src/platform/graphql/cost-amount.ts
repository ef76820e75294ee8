/** Coerced: defaults stand in for what was left out. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number that is known, or that the variables tell. */
export type Amount = number | ((variables: Variables) => number);

const at = (amount: Amount, variables: Variables): number => (typeof amount === "number" ? amount : amount(variables));

/** Large enough for any refusal, and safe to write: a fragment bomb comes to more. */
const capped = (amount: number): number => Math.min(amount, Number.MAX_SAFE_INTEGER);

export function sum(amounts: readonly Amount[]): Amount {
  const known = capped(amounts.reduce<number>((total, each) => total + (typeof each === "number" ? each : 0), 0));
  const told = amounts.filter((each) => typeof each !== "number");
  if (told.length === 0) return known;
  return (variables) => capped(told.reduce((total, each) => total + each(variables), known));
}

export function product(times: Amount, each: Amount): Amount {
  if (typeof times === "number" && typeof each === "number") return capped(times * each);
  if (times === 0 || each === 0) return 0;
  return (variables) => {
    const count = at(times, variables);
    return count === 0 ? 0 : capped(count * at(each, variables));
  };
}

/** What is made of some values, each of which is known, or a function of the variables. */
export function chosen(values: readonly unknown[], choose: (values: readonly unknown[]) => number): Amount {
  if (values.every((each) => typeof each !== "function")) return choose(values);
  return (variables) => choose(values.map((each) => (typeof each === "function" ? each(variables) : each)));
}
