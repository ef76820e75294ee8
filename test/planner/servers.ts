import type { Pool } from "pg";
import type { Database } from "../../src/platform/db/database";
import { type Api, type Signer, startApi } from "../support/api";

/** How a server reads and executes. */
export const WAYS = {
  "planned, compiled": { planned: true, jit: true },
  "planned, interpreted": { planned: true, jit: false },
  "by loaders, compiled": { planned: false, jit: true },
  "by loaders, interpreted": { planned: false, jit: false },
} as const;

export type Way = keyof typeof WAYS;
export const waysOf = Object.keys(WAYS) as Way[];

/** graphql-jit compiles what comes the third time. */
const TIMES = 3;

/** By which a server finds out who asks, now and then: it remembers. */
const SIGN_IN = /from (members t where t\.email|api_keys t where t\.id) = \$1\s*$/;

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

export interface Heard {
  status: number;
  /** The body, letter by letter. */
  text: string;
  /** Of the operation itself: what it takes to know who asks is left out. */
  statements: string[];
}

/** Somebody who asks. */
export interface Asker {
  name: string;
  token: string;
}

/** What each way answers each time that it is asked. */
export type Answers = Record<Way, Heard[]>;

/** Servers of every way over one database. */
export interface Servers {
  /** One of them, to make rows with. */
  first: Api;
  /** The same token at all of them, which have all seen it. */
  askerOf(name: string, who: Signer | string): Promise<Asker>;
  ask(way: Way, asker: Asker, operation: Operation): Promise<Heard>;
  /** The compiling ones are asked until they have compiled. */
  askAll(asker: Asker, operation: Operation): Promise<Answers>;
  close(): Promise<void>;
}

/** How often nothing must be asked of a database in a row. */
const CALM = 5;

/** Waits until nothing is asked of the database any more: an answer that becomes null goes out before all fields are done. */
async function calm({ dataSource }: Database): Promise<void> {
  const { master: pool } = dataSource.driver as unknown as { master: Pool };
  for (let times = 0; times < CALM; times++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) times = 0;
  }
}

export async function startServers(): Promise<Servers> {
  const apis = {} as Record<Way, Api>;
  for (const way of waysOf) apis[way] = await startApi(WAYS[way]);
  const first = apis[waysOf[0]!];

  async function ask(way: Way, { token }: Asker, operation: Operation): Promise<Heard> {
    const { database, url } = apis[way];
    const statements: string[] = [];
    database.heard = (text) => statements.push(text);
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(operation),
    });
    const text = await response.text();
    if (text.includes('"data":null')) await calm(database);
    database.heard = undefined;
    return { status: response.status, text, statements: statements.filter((each) => !SIGN_IN.test(each)) };
  }

  async function askAgain(way: Way, asker: Asker, operation: Operation): Promise<Heard[]> {
    const answers: Heard[] = [];
    for (let time = 0; time < (WAYS[way].jit ? TIMES : 1); time++) answers.push(await ask(way, asker, operation));
    return answers;
  }

  return {
    first,
    ask,
    askerOf: async (name, who) => {
      const asker = { name, token: typeof who === "string" ? who : await first.tokenOf(who) };
      // The first time is written down.
      for (const way of waysOf) await ask(way, asker, { query: "{ __typename }", variables: {} });
      return asker;
    },
    askAll: async (asker, operation) => {
      const answers = await Promise.all(waysOf.map((way) => askAgain(way, asker, operation)));
      return Object.fromEntries(waysOf.map((way, index) => [way, answers[index]!])) as Answers;
    },
    close: async () => {
      for (const way of waysOf) await apis[way].close();
    },
  };
}
