/** The parts of an operation that GraphiQL hands over. */
export interface Operation {
  query: string;
  operationName?: string | null;
  variables?: unknown;
}

/** An answer to show: `data` and `errors` as the server sent them. */
export interface Answer {
  data?: unknown;
  errors?: readonly { extensions?: { code?: string } }[];
}

type HeaderValues = Readonly<Record<string, string>>;

/** Where requests go, and how to learn the demo token of the moment; null without demo data. */
interface Server {
  endpoint: string;
  demoToken: string | null;
  freshDemoToken: () => Promise<string | null>;
}

export const bearer = (token: string): string => `Bearer ${token}`;

const authorizationOf = (headers: HeaderValues): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1];

function signed(headers: HeaderValues, token: string): HeaderValues {
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization");
  return { ...Object.fromEntries(others), authorization: bearer(token) };
}

async function send(
  endpoint: string,
  operation: Operation,
  headers: HeaderValues,
): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { accept: "application/json", ...headers, "content-type": "application/json" },
    body: JSON.stringify(operation),
  });
  const text = await response.text();
  try {
    return { status: response.status, answer: JSON.parse(text) as Answer };
  } catch {
    throw new Error(`The server answered ${response.status} with something other than JSON: ${text.slice(0, 200)}`);
  }
}

const turnedAway = (status: number, { errors }: Answer): boolean =>
  status === 401 || (errors ?? []).some((error) => error.extensions?.code === "UNAUTHENTICATED");

/**
 * Signs with the demo token what comes without authorization: the first introspection, which GraphiQL sends before its
 * headers editor exists, and queries taken from the history. A person's own authorization is never touched.
 *
 * The demo token changes when the server restarts: a page that was left open learns the new one when its old one is
 * turned away, although its editors still show the old one.
 */
export function fetcherFor({ endpoint, demoToken, freshDemoToken }: Server) {
  let token = demoToken;
  return async (operation: Operation, options?: { headers?: HeaderValues }): Promise<Answer> => {
    const headers = options?.headers ?? {};
    const authorization = authorizationOf(headers);
    const isOwn = demoToken === null || (authorization !== undefined && authorization !== bearer(demoToken));
    if (isOwn || token === null) return (await send(endpoint, operation, headers)).answer;

    const { status, answer } = await send(endpoint, operation, signed(headers, token));
    if (!turnedAway(status, answer)) return answer;
    const fresh = await freshDemoToken();
    if (fresh === null || fresh === token) return answer;
    token = fresh;
    return (await send(endpoint, operation, signed(headers, fresh))).answer;
  };
}
