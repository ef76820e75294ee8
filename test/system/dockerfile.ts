/**
 * Follows a Dockerfile without an engine: each stage is a folder, and what would be its root. RUN runs on this machine, as
 * ourselves; so a step may name paths under its WORKDIR alone. What is not known is refused, never passed over.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, posix } from "node:path";

/** A stage as far as it was followed. */
export interface Stage {
  /** The folder that stands for `/`. */
  root: string;
  /** In it. */
  workdir: string;
  env: Record<string, string>;
  user: string | null;
  ports: number[];
  command: string[] | null;
  health: string[] | null;
}

interface Step {
  name: string;
  rest: string;
}

/** Steps in their order, comments left out and lines that go on put together. */
export const stepsOf = (text: string): Step[] =>
  text
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() && !line.startsWith("#"))
    .map((line) => /^(\S+)\s+(.*)$/.exec(line)!)
    .map(([, name, rest]) => ({ name: name!, rest: rest! }));

/** Top names that are sent to an engine: all but those that `*` leaves out and no `!name` brings back. */
export function contextOf(folder: string): string[] {
  const lines = readFileSync(join(folder, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
  const [all, ...kept] = lines;
  if (all !== "*" || !kept.every((line) => /^![\w.-]+$/.test(line))) {
    throw new Error(".dockerignore has another form than `*` and names that are brought back");
  }
  const names = kept.map((line) => line.slice(1));
  return readdirSync(folder).filter((name) => names.includes(name));
}

interface Building {
  /** With the Dockerfile in it. */
  folder: string;
  /** Empty: gets a folder for each stage. */
  into: string;
  /** Of this machine, for RUN. */
  env: Record<string, string | undefined>;
}

/** The last stage. @throws Error that names the step that failed, with what it printed */
export function followDockerfile({ folder, into, env }: Building): Stage {
  const stages = new Map<string, Stage>();
  const context = contextOf(folder);
  let stage: Stage | undefined;
  const follow: Record<string, (rest: string, current: Stage) => void> = {
    WORKDIR: (path, current) => {
      current.workdir = posix.resolve(current.workdir, path);
      mkdirSync(inside(current, "."), { recursive: true });
    },
    ENV: (pair, current) => {
      const [, name, value] = /^(\w+)=(\S*)$/.exec(pair)!;
      current.env[name!] = value!;
    },
    COPY: (words, current) => {
      const [, from, named] = /^(?:--from=(\S+) )?(.+)$/.exec(words)!;
      const paths = named!.split(" ");
      const target = paths.pop()!;
      for (const path of paths) {
        if (!from && !context.includes(path)) throw new Error(`COPY: .dockerignore leaves out ${path}`);
        copy(from ? inside(stages.get(from)!, path) : join(folder, path), inside(current, target), target);
      }
    },
    RUN: (command, current) => run(command, current, env),
    USER: (name, current) => {
      current.user = name;
    },
    EXPOSE: (port, current) => void current.ports.push(Number(port)),
    HEALTHCHECK: (words, current) => {
      current.health = JSON.parse(words.slice(words.indexOf("CMD ") + 4));
    },
    CMD: (words, current) => {
      current.command = JSON.parse(words);
    },
  };
  for (const { name, rest } of stepsOf(readFileSync(join(folder, "Dockerfile"), "utf8"))) {
    if (name === "FROM") {
      const [, , as = `${stages.size}`] = rest.split(" ");
      stage = fresh(join(into, `stage-${as}`));
      stages.set(as, stage);
    } else if (!stage || !follow[name]) throw new Error(`${name} ${rest}: this step cannot be followed`);
    else follow[name](rest, stage);
  }
  return stage!;
}

function fresh(root: string): Stage {
  mkdirSync(root);
  return { root, workdir: "/", env: {}, user: null, ports: [], command: null, health: null };
}

const inside = ({ root, workdir }: Stage, path: string): string => join(root, posix.resolve(workdir, path));

/** As Docker has it: of a folder what is in it, into the target; a file into a target that ends in a slash. */
function copy(source: string, target: string, name: string): void {
  const isFile = statSync(source).isFile();
  cpSync(source, isFile && name.endsWith("/") ? join(target, basename(source)) : target, { recursive: true });
}

function run(command: string, stage: Stage, env: Building["env"]): void {
  if (stage.user) throw new Error(`RUN ${command}: only before USER`);
  if (/(^|\s)\//.test(command)) throw new Error(`RUN ${command}: names a path of this machine`);
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: inside(stage, "."),
    env: { ...env, ...stage.env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`RUN ${command}: ended with ${status}\n${stdout}\n${stderr}`);
}
