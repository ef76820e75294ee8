/** Builds the naive server, whose decorators Node does not read, and starts it. */
import { fileURLToPath } from "node:url";
import { buildSync } from "../../node_modules/esbuild/lib/main.js";

const outfile = fileURLToPath(new URL("../node_modules/.cache/naive.cjs", import.meta.url));

buildSync({
  entryPoints: [fileURLToPath(new URL("naive/server.ts", import.meta.url))],
  outfile,
  bundle: true,
  platform: "node",
  target: "node24",
  keepNames: true,
  // What it is made of is loaded from where it was installed; our rules come along.
  packages: "external",
});
await import(outfile);
