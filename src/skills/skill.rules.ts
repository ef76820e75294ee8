/** The skill and all wider ones, from it to the top. Stops where a circle would close. */
export function ancestry(skills: ReadonlyMap<string, { parentId: string | null }>, id: string): string[] {
  const found: string[] = [];
  let next: string | null = id;
  while (next !== null && !found.includes(next)) {
    found.push(next);
    next = skills.get(next)?.parentId ?? null;
  }
  return found;
}
