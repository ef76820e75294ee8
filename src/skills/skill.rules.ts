/** The skill and all wider ones, from it to the top. Stops where a circle would close. */
export function ancestry(skills: ReadonlyMap<string, { parentId: string | null }>, id: string): string[] {
  const found = new Set<string>();
  let next: string | null = id;
  while (next !== null && !found.has(next)) {
    found.add(next);
    next = skills.get(next)?.parentId ?? null;
  }
  return [...found];
}
