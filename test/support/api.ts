import type { FastifyInstance } from "fastify";
import pino from "pino";
import { localIssuer, signToken } from "../../src/identity/token.actions";
import type { Database } from "../../src/platform/db/database";
import type { CostLimits } from "../../src/platform/graphql/limits";
import { createServer } from "../../src/server";
import { openTestDatabase } from "./database";
import { httpClient } from "./post";

const TOKEN_SECRET = "a secret of the tests, thirty-two long";

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Anything = any;

export interface Answer {
  status: number;
  headers: Headers;
  data: Anything;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; field?: string[] } }[];
}

export interface Signer {
  email: string;
  organizationId: string;
}

/** The whole server on a loopback port, and a real HTTP client for it. */
export interface Api {
  database: Database;
  app: FastifyInstance;
  url: string;
  tokenOf(member: Signer): Promise<string>;
  /** Sends an operation as a member, with a key or another token, or as nobody. */
  send(who: Signer | string | null, query: string, variables?: object): Promise<Answer>;
  /** As `send`, and fails unless the answer is free of errors, user errors included. Returns the data. */
  ask(who: Signer | string | null, query: string, variables?: object): Promise<Anything>;
  close(): Promise<void>;
}

/** Tests send thousands of requests as one member, and guards ask for far more at once than anybody may. */
export const ROOMY: CostLimits = { most: 1e12, capacity: 1e12, restoredPerSecond: 1e12 };

/** `limits`: what operations may cost and how much a member gets; by default more than any test spends. */
export async function startApi(options: { jit?: boolean; limits?: CostLimits } = {}): Promise<Api> {
  const database = await openTestDatabase();
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  const app = await createServer({
    database,
    issuers: [localIssuer(TOKEN_SECRET)],
    jit: options.jit ?? true,
    limits: options.limits ?? ROOMY,
    logger,
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const client = httpClient(url);
  const tokens = new Map<string, Promise<string>>();
  /** Signed once for each member; no test takes an hour. */
  const tokenOf = ({ email, organizationId }: Signer): Promise<string> => {
    const name = `${organizationId} ${email}`;
    const token = tokens.get(name) ?? signToken(TOKEN_SECRET, { email, org: organizationId }, "1h");
    tokens.set(name, token);
    return token;
  };

  async function send(who: Signer | string | null, query: string, variables: object = {}): Promise<Answer> {
    const token = who === null || typeof who === "string" ? who : await tokenOf(who);
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const sent = { "content-type": "application/json", ...authorization };
    const { status, headers, text } = await client.post("/graphql", JSON.stringify({ query, variables }), sent);
    return { status, headers, ...(JSON.parse(text) as Pick<Answer, "data" | "errors">) };
  }

  async function ask(who: Signer | string | null, query: string, variables: object = {}): Promise<Anything> {
    const { data, errors } = await send(who, query, variables);
    const userErrors = Object.values(data ?? {}).flatMap((field: Anything) => field?.userErrors ?? []);
    expect({ errors, userErrors }).toEqual({ errors: undefined, userErrors: [] });
    return data;
  }

  return {
    database,
    app,
    url,
    tokenOf,
    send,
    ask,
    close: async () => {
      client.close();
      await app.close();
      await database.close();
    },
  };
}
