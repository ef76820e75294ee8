/**
 * Bundles the pages of web/ from npm packages alone, so that nothing is fetched from a CDN at run time.
 * `npm start` runs this each time: it ends at once when neither the sources nor the locked packages have changed.
 *
 *   node web/build.mjs [--out DIR]
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, "web");
const { values: options } = parseArgs({
  options: { out: { type: "string", default: join(root, "dist/web/graphiql") } },
});
const out = resolve(options.out);
const stampFile = join(out, ".stamp");

/** What Monaco calls each worker, and the module that runs in it. */
const workers = {
  editorWorkerService: "monaco-editor/esm/vs/editor/editor.worker.js",
  json: "monaco-editor/esm/vs/language/json/json.worker.js",
  graphql: "monaco-graphql/esm/graphql.worker.js",
};

/** Two copies of any of these break the page at run time: each keeps registries of its own. */
const singletons = ["graphql", "monaco-editor", "monaco-graphql", "react", "react-dom"];

/** The old names lead to CommonJS files whose exports are lost in the bundle: GraphiQL's "prettify" would do nothing. */
const prettierPlugins = {
  "prettier/parser-babel": "prettier/plugins/babel",
  "prettier/parser-graphql": "prettier/plugins/graphql",
};

const shared = {
  absWorkingDir: root,
  alias: prettierPlugins,
  bundle: true,
  define: { "process.env.NODE_ENV": '"production"' },
  chunkNames: "assets/[name]-[hash]",
  entryNames: "assets/[name]-[hash]",
  format: "esm",
  jsx: "automatic",
  legalComments: "eof",
  logLevel: "silent",
  metafile: true,
  minify: true,
  outdir: out,
  splitting: true,
  target: "es2022",
};

/** GraphiQL's own stylesheet carries Monaco's, font included; bundled twice it would only grow the page. */
const withoutMonacoStyles = {
  name: "without-monaco-styles",
  setup(build) {
    build.onLoad({ filter: /[\\/]monaco-editor[\\/].*\.css$/ }, () => ({ contents: "", loader: "empty" }));
  },
};

/** Hash of all that the bundle is made of: our sources and the locked versions of the packages. */
function sourcesHash() {
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of [...files, join(root, "package-lock.json")])
    hash.update(relative(root, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

/** What a finished build looks like: its sources, and the files that came out. */
const stamp = () => [sourcesHash(), ...readdirSync(join(out, "assets"))].join("\n");

function isFresh() {
  const parts = [stampFile, join(out, "index.html"), join(out, "assets")];
  return parts.every((part) => existsSync(part)) && readFileSync(stampFile, "utf8") === stamp();
}

/** File names in assets/ that came out of an entry point: its script and, if it imports any, its stylesheet. */
function assetsOf(metafile, entryPoint) {
  const [script, output] =
    Object.entries(metafile.outputs).find(
      ([path, made]) => path.endsWith(".js") && made.entryPoint?.endsWith(entryPoint),
    ) ?? [];
  if (!script) throw new Error(`esbuild gave no output for ${entryPoint}`);
  return { script: basename(script), style: output.cssBundle && basename(output.cssBundle) };
}

function refuseSecondCopies(metafile) {
  const homes = new Map(singletons.map((name) => [name, new Set()]));
  for (const input of Object.keys(metafile.inputs)) {
    const [, home, name] = /^(.*node_modules\/)([^/]+)/.exec(input) ?? [];
    homes.get(name)?.add(home);
  }
  for (const [name, places] of homes) {
    if (places.size > 1) throw new Error(`${name} would be bundled from several places: ${[...places].join(", ")}`);
  }
}

async function bundle(build, settings) {
  const { metafile, warnings } = await build({ ...shared, ...settings });
  if (warnings.length > 0) throw new Error(warnings.map((warning) => warning.text).join("\n"));
  refuseSecondCopies(metafile);
  return metafile;
}

async function buildGraphiql(build) {
  const background = await bundle(build, { entryPoints: Object.values(workers) });
  const files = Object.entries(workers).map(([label, module]) => [label, assetsOf(background, module).script]);
  const page = "web/graphiql/page.tsx";
  const metafile = await bundle(build, {
    entryPoints: [page],
    define: { ...shared.define, WORKER_FILES: JSON.stringify(Object.fromEntries(files)) },
    plugins: [withoutMonacoStyles],
  });
  const { script, style } = assetsOf(metafile, page);
  const html = readFileSync(join(sources, "graphiql/index.html"), "utf8");
  writeFileSync(join(out, "index.html"), html.replace("%SCRIPT%", script).replace("%STYLE%", style));
}

async function main() {
  if (isFresh()) return;
  const { build } = await import("esbuild");
  for (const old of [stampFile, join(out, "index.html"), join(out, "assets")])
    rmSync(old, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await buildGraphiql(build);
  writeFileSync(stampFile, stamp());
}

await main();
