import { LIMITS, limitExceeded } from "./limits";

/**
 * Walked without recursion: a body of megabytes can nest deeper than the stack reaches. An exact number of values is
 * told only of what stays below the limit. @throws GraphQLError LIMIT_EXCEEDED where a list or an object within the
 * variables is too long, at any depth, or all of them hold too many values
 */
export function assertSmallVariables(variables: object): void {
  const left: object[] = [variables];
  let count = 0;
  for (let within = left.pop(); within; within = left.pop()) {
    const values = Object.values(within);
    const limit = Array.isArray(within) ? "listItems" : "objectKeys";
    if (values.length > LIMITS[limit].most) throw limitExceeded(limit, values.length);
    count += values.length;
    if (count > LIMITS.values.most) throw limitExceeded("values", count);
    for (const each of values) if (typeof each === "object" && each !== null) left.push(each);
  }
}
