import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { GRAPHIQL_CSP, type GraphiqlSettings, registerGraphiql } from "../../../src/platform/http/graphiql";
import { fetcherFor } from "../../../web/graphiql/fetcher";

const settings: GraphiqlSettings = {
  demoToken: "first-token",
  demoMember: "Ada Osei, recruiter",
  tabs: [{ title: "All candidates", query: "query Candidates { candidates { id } }" }],
};

const parent = mkdtempSync(join(tmpdir(), "assay-graphiql-"));
const bundle = join(parent, "bundle");
const leftover = "page-OLDBUILD.js";
const app = fastify({ forceCloseConnections: true });
let base: string;

async function serve(server: FastifyInstance, directory: string): Promise<string> {
  registerGraphiql(server, { directory, settings: () => settings });
  return server.listen({ host: "127.0.0.1", port: 0 });
}

function build(): void {
  execFileSync(process.execPath, [resolve("web/build.mjs"), "--out", bundle]);
}

const builtAssets = (): string[] => readdirSync(join(bundle, "assets"));
const scripts = (): string[] =>
  builtAssets()
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(bundle, "assets", name), "utf8"));
const asset = (name: string): Promise<Response> => fetch(`${base}/graphiql/assets/${name}`);

/** The one built file whose name starts so, in the page or beside it. */
function assetNamed(start: string, extension: string): string {
  const names = builtAssets().filter((name) => name.startsWith(start) && name.endsWith(extension));
  expect(names).toHaveLength(1);
  return names[0] as string;
}

beforeAll(async () => {
  mkdirSync(join(bundle, "assets"), { recursive: true });
  writeFileSync(join(bundle, "assets", leftover), "");
  build();
  base = await serve(app, bundle);
}, 60_000);

afterAll(async () => {
  await app.close();
  rmSync(parent, { recursive: true, force: true });
});

test("the page is served fresh each time and names only files that are there", async () => {
  const response = await fetch(`${base}/graphiql`);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-cache");
  expect(html).toContain("<title>Assay – GraphiQL</title>");
  const links = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]);
  expect(links).toHaveLength(2);
  for (const link of links) expect((await fetch(base + link)).status).toBe(200);
});

test("a trailing slash leads to the page", async () => {
  const response = await fetch(`${base}/graphiql/`);
  expect(new URL(response.url).pathname).toBe("/graphiql");
  expect(response.status).toBe(200);
});

test.each([
  ["page", ".js", "text/javascript; charset=utf-8"],
  ["page", ".css", "text/css; charset=utf-8"],
  ["editor.worker", ".js", "text/javascript; charset=utf-8"],
  ["json.worker", ".js", "text/javascript; charset=utf-8"],
  ["graphql.worker", ".js", "text/javascript; charset=utf-8"],
])("%s%s is served as %s and may be kept for ever", async (start, extension, type) => {
  const response = await asset(assetNamed(start, extension));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe(type);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each(["editor", "json", "graphql"])("the %s worker is started by the name it was built under", (name) => {
  const worker = assetNamed(`${name}.worker`, ".js");
  expect(scripts().some((script) => script.includes(worker))).toBe(true);
});

test("every script that another one names resolves to a served file", async () => {
  const served = new Set(builtAssets());
  const wanted = scripts()
    .flatMap((script) => [...script.matchAll(/["'](?:\.\/)?([\w.-]+-[A-Z0-9]{8}\.(?:js|css))["']/g)])
    .map((match) => match[1] as string);
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((name) => !served.has(name))).toEqual([]);
});

test("nothing is loaded from another host", () => {
  const files = [join(bundle, "index.html"), ...builtAssets().map((name) => join(bundle, "assets", name))];
  const elsewhere =
    /unpkg\.com|jsdelivr|esm\.sh|cdnjs|\/\/cdn\.|fonts\.g(?:oogleapis|static)|(?:url\(|@import |import\()\s*["']?https?:/;
  expect(files.filter((file) => elsewhere.test(readFileSync(file, "utf8")))).toEqual([]);
});

test.each([
  "..%2f..%2fpackage.json",
  "..%2findex.html",
  "%2e%2e%2f.stamp",
  "..%5c..%5cpackage.json",
  "%2fetc%2fpasswd",
  "__proto__",
  "page.js",
])("what is not an asset is not found: %s", async (name) => {
  const response = await asset(name);
  expect(response.status).toBe(404);
});

test("the settings are read at each visit and never stored", async () => {
  const response = await fetch(`${base}/graphiql/settings.json`);
  expect(await response.json()).toEqual(settings);
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test.each(["/graphiql", "/graphiql/settings.json"])("%s forbids foreign code and eval", async (path) => {
  const policy = (await fetch(base + path)).headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'; script-src 'self'; worker-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-eval|https?:|upgrade-insecure-requests/);
});

test("workers get the same policy, since a worker is held to the one its own script came with", async () => {
  const worker = await asset(assetNamed("graphql.worker", ".js"));
  const page = await fetch(`${base}/graphiql`);
  expect(worker.headers.get("content-security-policy")).toBe(page.headers.get("content-security-policy"));
});

test("the policy allows inline code for styles alone", () => {
  const inline = Object.entries(GRAPHIQL_CSP).filter(([, sources]) => sources?.includes("'unsafe-inline'"));
  expect(inline.map(([name]) => name)).toEqual(["styleSrc"]);
});

test("without a build the page says how to get one, and its settings still answer", async () => {
  const bare = fastify({ forceCloseConnections: true });
  try {
    const url = await serve(bare, join(parent, "nowhere"));
    const response = await fetch(`${url}/graphiql`);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe("GraphiQL has not been built: run npm run build.\n");
    expect((await fetch(`${url}/graphiql/assets/page.js`)).status).toBe(404);
  } finally {
    await bare.close();
  }
});

test("a build clears away what an earlier one left", () => {
  expect(builtAssets()).not.toContain(leftover);
});

test("a second build of the same sources does nothing", () => {
  const page = join(bundle, "index.html");
  const before = statSync(page).mtimeMs;
  build();
  expect(statSync(page).mtimeMs).toBe(before);
});

describe("the page's requests", () => {
  const api = fastify({ forceCloseConnections: true });
  let endpoint: string;
  let validToken: string;

  beforeAll(async () => {
    api.post("/graphql", (request, reply) => {
      const { authorization = null } = request.headers;
      if (authorization === "Bearer garbled") return reply.type("text/plain").send("Bad gateway");
      if (authorization === `Bearer ${validToken}` || authorization === "Bearer own")
        return { data: { authorization } };
      return { errors: [{ message: "Sign in.", extensions: { code: "UNAUTHENTICATED" } }] };
    });
    endpoint = `${await api.listen({ host: "127.0.0.1", port: 0 })}/graphql`;
  });

  beforeEach(() => {
    validToken = "first";
  });

  afterAll(() => api.close());

  const openPage = (demoToken: string | null) => {
    const ask = fetcherFor({ endpoint, demoToken, freshDemoToken: async () => demoToken && validToken });
    return (headers?: Record<string, string>) => ask({ query: "{ me }" }, { headers });
  };

  test("carry the demo token when the headers hold none, as in the first introspection", async () => {
    expect(await openPage("first")()).toEqual({ data: { authorization: "Bearer first" } });
    expect(await openPage("first")({ "x-other": "1" })).toEqual({ data: { authorization: "Bearer first" } });
  });

  test("carry the reader's own authorization untouched, however it is spelt", async () => {
    expect(await openPage("first")({ AUTHORIZATION: "Bearer own" })).toEqual({ data: { authorization: "Bearer own" } });
    expect(await openPage("first")({ Authorization: "Bearer wrong" })).toMatchObject({
      errors: [{ message: "Sign in." }],
    });
  });

  test("carry the new demo token after a restart, although the headers still show the old one", async () => {
    const ask = openPage("first");
    validToken = "second";
    expect(await ask({ Authorization: "Bearer first" })).toEqual({ data: { authorization: "Bearer second" } });
    expect(await ask()).toEqual({ data: { authorization: "Bearer second" } });
  });

  test("carry nothing on real data", async () => {
    expect(await openPage(null)()).toMatchObject({ errors: [{ message: "Sign in." }] });
  });

  test("say what came back when it is not JSON", async () => {
    await expect(openPage(null)({ Authorization: "Bearer garbled" })).rejects.toThrow("answered 200");
  });
});
