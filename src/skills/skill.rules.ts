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

/** The skills whose ids the array holds and all narrower ones, as an SQL subquery; `union` ends where a circle would close. */
export const withNarrowerSql = (ids: string): string => `(
  with recursive wanted as (
    select id from skills where id = any(${ids})
    union select narrower.id from skills narrower join wanted on narrower.parent_id = wanted.id
  ) select id from wanted)`;
