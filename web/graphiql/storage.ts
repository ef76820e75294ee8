/** Localhost ports are shared by many projects: the prefix keeps the tabs of another GraphiQL away. */
const prefix = "assay:";

const ownKeys = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

/** GraphiQL remembers past queries together with their headers; a token does not belong in localStorage. */
const histories: ReadonlySet<string> = new Set(["graphiql:queries", "graphiql:favorites"]);

const withoutHeaders = (history: string): string =>
  JSON.stringify(JSON.parse(history), (key, value) => (key === "headers" ? undefined : value));

/** The page's part of localStorage, in the shape that GraphiQL wants. */
export const storage = {
  getItem: (key: string): string | null => localStorage.getItem(prefix + key),
  setItem: (key: string, value: string): void =>
    localStorage.setItem(prefix + key, histories.has(key) ? withoutHeaders(value) : value),
  removeItem: (key: string): void => localStorage.removeItem(prefix + key),
  clear(): void {
    for (const key of ownKeys()) localStorage.removeItem(key);
  },
  get length(): number {
    return ownKeys().length;
  },
};

/**
 * GraphiQL fills its editors from storage and, on a first visit, takes only the query from the first default tab:
 * its variables would be lost.
 */
export function openFirstTab(tab: { query: string; variables?: string } | undefined): void {
  if (!tab || storage.getItem("graphiql:tabState") !== null) return;
  storage.setItem("graphiql:query", tab.query);
  if (tab.variables) storage.setItem("graphiql:variables", tab.variables);
}
