import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createOrganization } from "../../src/identity/organization.actions";
import { signToken } from "../../src/identity/token.actions";
import { openTestDatabase, ownClone, ownerUrl, serverUrl, workerUrl } from "../support/database";
import { AUDIENCE, type OidcProvider, oidcProvider } from "./oidc-provider";

jest.setTimeout(60_000);

const SECRET = "a secret of the tests, thirty-two long";
const { PATH, HOME } = process.env;
const directory = mkdtempSync(join(tmpdir(), "assay-sign-in-"));
const onItsOwnDatabase = () => ({
  DATABASE_URL: serverUrl,
  MIGRATION_DATABASE_URL: ownerUrl,
  WORKER_DATABASE_URL: workerUrl,
});

let provider: OidcProvider;
let program: ChildProcess | undefined;

beforeAll(async () => {
  await ownClone();
  provider = await oidcProvider();
});

afterAll(async () => {
  if (program?.exitCode === null) {
    program.kill("SIGTERM");
    await once(program, "close");
  }
  await provider.stop();
  rmSync(directory, { recursive: true, force: true });
});

const run = (words: string[], settings: object) =>
  spawn(process.execPath, ["--import", "tsx", join("src", "main.ts"), ...words], {
    env: { PATH, HOME, HOST: "127.0.0.1", PORT: "0", ASSAY_DIRECTORY: directory, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });

async function told(words: string[], settings: object) {
  const child = run(words, settings);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output };
}

test("a server on a database of its own does not start before it is told who signs members in", async () => {
  const { code, output } = await told(["start"], { ...onItsOwnDatabase(), ASSAY_TOKEN_SECRET: SECRET });
  expect(code).toBe(1);
  expect(output).toContain("ASSAY_OIDC_ISSUER: must be set too");
});

test("migrations do not ask for it", async () => {
  const { code, output } = await told(["migrate"], onItsOwnDatabase());
  expect({ code, output }).toEqual({ code: 0, output: "The database is up to date.\n" });
});

test("no token is signed for a database of its own, and the words say whose to send", async () => {
  const { code, output } = await told(["token", "admin"], { ...onItsOwnDatabase(), ASSAY_TOKEN_SECRET: SECRET });
  expect(code).toBe(1);
  expect(output).toMatch(/embedded demo alone.*ASSAY_OIDC_ISSUER.*docs\/sign-in\.md/);
});

test("the server starts while the provider is down, believes its tokens later, and never its own", async () => {
  const database = await openTestDatabase();
  const [email, role] = ["ada@start.example", "ADMIN" as const];
  const members = [{ email, name: "Ada", role }];
  const { organization } = await createOrganization(database, { empty: true, name: "Start", members });
  await database.close();
  const [good, own] = [
    await provider.token({ email, email_verified: true }),
    await signToken(SECRET, { email, org: organization.id }, "1h"),
  ];
  await provider.stop();

  program = run(["start"], {
    ...onItsOwnDatabase(),
    ASSAY_OIDC_ISSUER: provider.issuer,
    ASSAY_OIDC_AUDIENCE: AUDIENCE,
    ASSAY_TOKEN_SECRET: SECRET,
  });
  const url = await address(program);
  await provider.start();
  expect(await viewer(url, good)).toEqual({ data: { viewer: { member: { email } } } });
  expect(await viewer(url, own)).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  const page = await (await fetch(`${url}/graphiql`)).text();
  expect(page).not.toMatch(/eyJ/);
});

async function address({ stdout, stderr }: ChildProcess): Promise<string> {
  stderr!.resume();
  for await (const line of createInterface({ input: stdout! })) {
    const [url] = /http:\/\/[\d.]+:\d+/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error("The server ended before it was ready");
}

async function viewer(url: string, token: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "{ viewer { member { email } } }" }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  return errors ? { errors } : { data };
}
