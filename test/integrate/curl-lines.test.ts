import { demoToken } from "../../src/demo/demo-session.actions";
import { registerOutbound } from "../../src/platform/jobs/outbound";
import { webhookJobs } from "../../src/webhooks/webhook.jobs";
import { freshDemo } from "../cast/demo";
import { type Api, startApi } from "../support/api";
import { openWorkshop, type Workshop } from "../support/jobs";
import { TOOLS } from "../support/tools";
import { freePort } from "../system/program";
import { type Names, run } from "./curl-lines";
import { heard, openTerminal, stepsOn, type Terminal, walk } from "./terminal";

jest.setTimeout(120_000);

/** Of `startApi`. */
const SECRET = "a secret of the tests, thirty-two long";

let api: Api;
let workshop: Workshop;
let receiver: Terminal | undefined;
let port: number;

beforeAll(async () => {
  api = await startApi();
  await freshDemo(api.database);
  port = await freePort();
  const outbound = { allowed: [`127.0.0.1:${port}`], haste: 1 };
  registerOutbound(outbound);
  workshop = await openWorkshop({
    database: api.database,
    slices: [{ jobs: webhookJobs }],
    tools: { ...TOOLS, outbound },
  });
}, 120_000);

afterAll(async () => {
  receiver?.close();
  await workshop.close();
  await api.close();
});

/** `npm run token`, without npm. */
function substitute(command: string): Promise<string> {
  const role = /^npm run --silent token -- (\w+)$/.exec(command)?.[1];
  if (!role) throw new Error(`This command is not known here: ${command}`);
  return demoToken(api.database, SECRET, role.toUpperCase());
}

test("every line of docs/integrate.md does what stands behind it", async () => {
  const names: Names = new Map();
  const shell = {
    type: (text: string) => run(text, names, substitute),
    keep: (name: string, value: string) => void names.set(name, value),
  };
  const hosts = { server: new URL(api.url).host, receiver: `127.0.0.1:${port}` };
  const faults = await walk(stepsOn(hosts), shell, async ({ text }, kept) => {
    receiver = await openTerminal(text, kept, port);
  });
  expect(faults).toEqual([]);
  await heard(receiver!, /^webhook\.test /m);
  await heard(receiver!, /^scorecard\.submitted /m);
  expect(workshop.failures).toEqual([]);
});

test.each([
  ["a pipe", "curl -s http://127.0.0.1/ | jq ."],
  ["another command", "wget http://127.0.0.1/"],
  ["an option that is not known", "curl -s --retry 3 http://127.0.0.1/"],
  ["a variable that nobody has set", 'curl -s http://127.0.0.1/ -H "authorization: Bearer $NOBODY"'],
  ["an open quote", "curl -s http://127.0.0.1/ -d '{"],
  ["two commands", "NAME=value; curl -s http://127.0.0.1/"],
])("%s is no form of the page, and fails", async (_what, text) => {
  await expect(run(text, new Map(), substitute)).rejects.toThrow();
});
