import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { OidcProvider } from "../identity/oidc-provider";

const READY_MILLISECONDS = 120_000;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Anything = any;

/** Whose data a request is to see. */
export interface Office {
  name: string;
  id: string;
  admin: string;
}

/** A server of the program, on a port of its own. */
export interface Server {
  url: string;
  port: number;
  pid: number;
  /** For a request as the office's administrator. */
  tokenOf(office: Office): Promise<string>;
  /** What it printed so far. */
  said(): string;
  /** Signs in as the office's administrator. @throws where the answer has errors or user errors */
  ask(office: Office, query: string, variables?: object): Promise<Anything>;
  /** A line of /metrics; 0 where it is not told. */
  told(line: string): Promise<number>;
  stop(): Promise<void>;
}

interface Address {
  provider: OidcProvider;
  url: string;
  metrics: string;
}

/** Once it is ready. */
export async function served(child: ChildProcess, { provider, url, metrics }: Address): Promise<Server> {
  let said = "";
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = ({ admin: email }: Office): Promise<string> => {
    const token = tokens.get(email) ?? provider.token({ email, email_verified: true });
    tokens.set(email, token);
    return token;
  };
  await new Promise<void>((ready, failed) => {
    const timer = setTimeout(() => {
      child.kill();
      failed(new Error(`Not ready in time:\n${said}`));
    }, READY_MILLISECONDS);
    const hear = (text: Buffer) => {
      said += text;
      if (!said.includes("Assay is ready")) return;
      clearTimeout(timer);
      ready();
    };
    child.stdout!.on("data", hear);
    child.stderr!.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(timer);
      failed(new Error(`Ended with ${code}:\n${said}`));
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    tokenOf,
    said: () => said,
    ask: async (office, query, variables = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await tokenOf(office)}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as Anything;
      const userErrors = Object.values(data ?? {}).flatMap((field: Anything) => field?.userErrors ?? []);
      if (errors || userErrors.length > 0) throw new Error(JSON.stringify({ errors, userErrors }, null, 2));
      return data;
    },
    told: async (line) => {
      const lines = (await (await fetch(metrics)).text()).split("\n");
      return Number(lines.find((each) => each.startsWith(`${line} `))?.slice(line.length + 1) ?? 0);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
