/** What the server tells the page at start: the answer of GET /graphiql/settings.json. */
export interface Settings {
  /** Signs requests in on demo data; null when the server runs on real data. */
  demoToken: string | null;
  /** Whom the demo token stands for, in words for the reader. */
  demoMember?: string;
  tabs: readonly { title?: string; query: string; variables?: string }[];
}

export async function readSettings(url: string): Promise<Settings> {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok) throw new Error(`The server answered ${response.status} for ${url}.`);
  return (await response.json()) as Settings;
}
