import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";

export interface GraphiqlTab {
  /** Stands above the query as a comment; GraphiQL names the tab itself after the operation. */
  title?: string;
  query: string;
  /** JSON text. */
  variables?: string;
}

/** What the page reads at start. */
export interface GraphiqlSettings {
  /** Signs requests in on demo data; null on real data. Anyone who reaches the page can read it. */
  demoToken: string | null;
  /** Whom the demo token stands for, in words: "Ada Osei, recruiter". */
  demoMember?: string;
  /** Opened on a first visit; later visits bring back the reader's own tabs. */
  tabs: readonly GraphiqlTab[];
}

/**
 * In the shape that helmet takes. Monaco writes style elements and carries its fonts as data URLs.
 * Plain http on an intranet has to work, so requests are not upgraded to https: null removes helmet's default.
 */
export const GRAPHIQL_CSP: Readonly<Record<string, string[] | null>> = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  workerSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", "data:"],
  imgSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

interface Asset {
  type: string;
  body: Buffer;
}

interface Bundle {
  page: Buffer;
  assets: ReadonlyMap<string, Asset>;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const policy = Object.entries(GRAPHIQL_CSP)
  .flatMap(([name, sources]) => (sources ? [`${kebab(name)} ${sources.join(" ")}`] : []))
  .join("; ");

/** @throws Error for a kind of file that the page cannot load */
function assetFrom(path: string): Asset {
  const type = contentTypes[extname(path)];
  if (!type) throw new Error(`GraphiQL's bundle holds a file of unknown type: ${path}`);
  return { type, body: readFileSync(path) };
}

/** The whole bundle in memory, about 6 MB: what is not in it cannot be asked for. Null when nothing was built. */
function readBundle(directory: string): Bundle | null {
  const page = join(directory, "index.html");
  const assets = join(directory, "assets");
  if (!existsSync(page) || !existsSync(assets)) return null;
  return {
    page: readFileSync(page),
    assets: new Map(readdirSync(assets).map((name) => [name, assetFrom(join(assets, name))])),
  };
}

/** The policy goes out with every file: a worker is held to the one that came with its own script. */
function guarded(reply: FastifyReply, cacheControl: string): FastifyReply {
  return reply.headers({
    "cache-control": cacheControl,
    "content-security-policy": policy,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
}

/** Serves the page that web/build.mjs made, under /graphiql. */
export function registerGraphiql(
  app: FastifyInstance,
  { directory, settings }: { directory: string; settings: () => GraphiqlSettings | Promise<GraphiqlSettings> },
): void {
  const bundle = readBundle(directory);

  app.get("/graphiql", (_request, reply) => {
    guarded(reply, "no-cache");
    if (bundle) return reply.type("text/html; charset=utf-8").send(bundle.page);
    return reply.code(503).type("text/plain; charset=utf-8").send("GraphiQL has not been built: run npm run build.\n");
  });

  app.get("/graphiql/", (_request, reply) => reply.redirect("/graphiql", 308));

  app.get("/graphiql/settings.json", async (_request, reply) => guarded(reply, "no-store").send(await settings()));

  app.get<{ Params: { name: string } }>("/graphiql/assets/:name", (request, reply) => {
    const asset = bundle?.assets.get(request.params.name);
    if (!asset) return guarded(reply, "no-cache").callNotFound();
    return guarded(reply, "public, max-age=31536000, immutable").type(asset.type).send(asset.body);
  });
}
