import type { FastifyInstance } from "fastify";
import pino from "pino";
import { signToken } from "../../src/identity/token.actions";
import type { Database } from "../../src/platform/db/database";
import { createServer } from "../../src/server";
import { openTestDatabase } from "./database";

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
  /** Sends an operation as a member, or as nobody. */
  send(member: Signer | null, query: string, variables?: object): Promise<Answer>;
  /** As `send`, and fails unless the answer is free of errors, user errors included. Returns the data. */
  ask(member: Signer | null, query: string, variables?: object): Promise<Anything>;
  close(): Promise<void>;
}

export async function startApi(options: { jit?: boolean } = {}): Promise<Api> {
  const database = await openTestDatabase();
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  const app = await createServer({ database, tokenSecret: TOKEN_SECRET, jit: options.jit ?? true, logger });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const tokenOf = ({ email, organizationId }: Signer) => signToken(TOKEN_SECRET, { email, org: organizationId }, "1h");

  async function send(member: Signer | null, query: string, variables: object = {}): Promise<Answer> {
    const authorization: Record<string, string> = member ? { authorization: `Bearer ${await tokenOf(member)}` } : {};
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Pick<Answer, "data" | "errors">;
    return { status: response.status, headers: response.headers, ...body };
  }

  async function ask(member: Signer | null, query: string, variables: object = {}): Promise<Anything> {
    const { data, errors } = await send(member, query, variables);
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
      await app.close();
      await database.close();
    },
  };
}
