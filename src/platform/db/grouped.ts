/** The rows by what a property of theirs names, each group in their order. */
export function grouped<R extends object>(rows: readonly R[], key: string): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const name = row[key as keyof R] as string;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
