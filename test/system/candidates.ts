import type { Office, Server } from "./server";

const CREATE = `mutation Create($name: String!) {
  createCandidate(input: { name: $name }) { candidate { id } userErrors { code message } }
}`;

/** Adds a candidate to the office; its id. */
export async function addCandidate(server: Server, office: Office, name: string): Promise<string> {
  return (await server.ask(office, CREATE, { name })).createCandidate.candidate.id;
}

/** The candidate's name, or null where the office has none with this id. */
export async function nameOf(server: Server, office: Office, id: string): Promise<string | null> {
  const { nodes } = await server.ask(
    office,
    "query Name($id: ID!) { nodes(ids: [$id]) { ... on Candidate { name } } }",
    {
      id,
    },
  );
  return nodes[0]?.name ?? null;
}

/** Names of all candidates that the office sees. */
export async function namesIn(server: Server, office: Office): Promise<string[]> {
  const { candidates } = await server.ask(office, "query Names { candidates(first: 100) { nodes { name } } }");
  return candidates.nodes.map(({ name }: { name: string }) => name);
}

/** So many requests at once, of the offices in turn: each is to see its own candidates and no others. */
export async function crowd(
  servers: readonly Server[],
  offices: readonly Office[],
  requests: number,
): Promise<string[][]> {
  const asked = Array.from({ length: requests }, (_, n) => {
    const office = offices[n % offices.length]!;
    return namesIn(servers[n % servers.length]!, office).then((names) =>
      names.filter((name) => !name.startsWith(office.name)),
    );
  });
  return Promise.all(asked);
}
