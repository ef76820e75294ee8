/** Path of every list in an answer, without indices -> its greatest length. */
export function listLengths(value: unknown, path = "", found = new Map<string, number>()): Map<string, number> {
  if (Array.isArray(value)) {
    found.set(path, Math.max(found.get(path) ?? 0, value.length));
    for (const each of value) listLengths(each, `${path}[]`, found);
  } else if (value !== null && typeof value === "object") {
    for (const [key, each] of Object.entries(value)) listLengths(each, `${path}.${key}`, found);
  }
  return found;
}

/** Paths of the lists that are empty wherever they are, but for those of faults. */
export const emptyLists = (answer: unknown): string[] =>
  [...listLengths(answer)].flatMap(([path, length]) => (length === 0 && !path.endsWith(".userErrors") ? [path] : []));
