type Written<T> = { [K in keyof T]?: T[K] | null };

/** Those of the named fields that were written and differ from what holds; what is left out or null stays. */
export function changesOf<T extends object, N extends keyof T>(
  current: T,
  written: Written<Pick<T, N>>,
  names: readonly N[],
): Partial<Pick<T, N>> {
  const changed = names.filter((name) => (written[name] ?? current[name]) !== current[name]);
  return Object.fromEntries(changed.map((name) => [name, written[name]])) as Partial<Pick<T, N>>;
}
