import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { addCandidate, crowd, nameOf } from "./candidates";
import { asSuperuser, type Cluster, copyOf, emptyCluster, openCluster } from "./debian-postgres";
import { type House, openHouse } from "./house";
import { postgresProgram, serverFolder } from "./postgres-programs";
import type { Office, Server } from "./server";

jest.setTimeout(240_000);

let cluster: Cluster;
let house: House;
let server: Server;
let acme: Office;
let brook: Office;
const clusters: Cluster[] = [];

/** What a restored server must answer as the first one did. */
const EVERYTHING = `query Everything {
  viewer { member { name email role } organization { name } }
  candidates(first: 50) { totalCount nodes { id name createdAt } }
  skills(first: 50) { nodes { id slug name } }
  events(first: 50) { nodes { id type objectId position } }
}`;

const everything = (from: Server, office: Office): Promise<object> => from.ask(office, EVERYTHING);

beforeAll(async () => {
  [cluster, house] = await Promise.all([openCluster(), openHouse()]);
  clusters.push(cluster);
  [acme, brook] = [await house.office(cluster, "Acme"), await house.office(cluster, "Brook")];
  server = await house.server(cluster);
  for (const office of [acme, brook]) {
    let last = "";
    for (let n = 0; n < 12; n++) last = await addCandidate(server, office, `${office.name} ${n}`);
    await heardOf(server, office, last);
  }
});

afterAll(async () => {
  await house?.close();
  for (const each of clusters) await each.remove();
});

/** Until the journal tells that the candidate was added. */
async function heardOf(from: Server, office: Office, id: string): Promise<void> {
  for (let time = 0; time < 100; time++) {
    const { events } = await from.ask(office, "{ events(first: 100) { nodes { objectId } } }");
    if (events.nodes.at(-1).objectId === id) return;
    await delay(100);
  }
  throw new Error("The journal did not tell of it");
}

/** The state of every wall: on which tables it stands, and what it says. */
const wall = (of: Cluster): Promise<string> =>
  postgresProgram(
    "psql",
    ...asSuperuser(of),
    "-d",
    "assay",
    "-Atc",
    `
    select relname, relrowsecurity, relforcerowsecurity, polname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
    from pg_class join pg_policy on polrelid = pg_class.oid order by 1, 4`,
  );

/** The logins, then the whole database: as docs/operate.md says. */
async function dumpAndRestore(): Promise<Cluster> {
  const folder = serverFolder();
  const [roles, dump] = [join(folder, "roles.sql"), join(folder, "assay.dump")];
  await postgresProgram("pg_dumpall", ...asSuperuser(cluster), "--roles-only", "-f", roles);
  await postgresProgram("pg_dump", ...asSuperuser(cluster), "-Fc", "-f", dump, "assay");
  const restored = await emptyCluster();
  clusters.push(restored);
  // The superuser is there already.
  writeFileSync(roles, readFileSync(roles, "utf8").replace(/^CREATE ROLE postgres;$/m, ""));
  await postgresProgram("psql", ...asSuperuser(restored), "-v", "ON_ERROR_STOP=1", "-q", "-f", roles);
  await postgresProgram("pg_restore", ...asSuperuser(restored), "--create", "--exit-on-error", "-d", "postgres", dump);
  await postgresProgram("vacuumdb", ...asSuperuser(restored), "--analyze-only", "assay");
  rmSync(folder, { recursive: true });
  return restored;
}

async function copied(): Promise<Cluster> {
  const copy = await copyOf(cluster, { follow: false });
  clusters.push(copy);
  await copy.start();
  return copy;
}

describe.each([
  ["pg_dump", dumpAndRestore],
  ["pg_basebackup", copied],
])("what %s kept", (_, restore) => {
  let restored: Cluster;
  let again: Server;
  let before: object[];

  beforeAll(async () => {
    before = [await everything(server, acme), await everything(server, brook)];
    restored = await restore();
    again = await house.server(restored);
  });

  test("answers the same query with the same", async () => {
    expect([await everything(again, acme), await everything(again, brook)]).toEqual(before);
    expect(before[0]).toMatchObject({ candidates: { totalCount: 12 } });
  });

  test("stands behind the same wall", async () => {
    const [here, there] = [await wall(cluster), await wall(restored)];
    expect(here.split("\n").length).toBeGreaterThan(30);
    expect(there).toBe(here);
    expect((await crowd([again], [acme, brook], 40)).flat()).toEqual([]);
  });

  test("is written to, and the journal goes on", async () => {
    const id = await addCandidate(again, acme, "Acme afterwards");
    expect(await nameOf(again, acme, id)).toBe("Acme afterwards");
    await heardOf(again, acme, id);
  });
});

test("the server's own login cannot make a backup: it sees nobody's rows, and says so rather than leaving them out", async () => {
  const asServer = ["-d", cluster.url("assay_server"), "-f", "/dev/null"];
  await expect(postgresProgram("pg_dump", ...asServer)).rejects.toThrow(/row-level security|permission denied/);
  const asOwner = ["-d", cluster.url("assay_owner"), "-n", "public", "-f", "/dev/null"];
  await expect(postgresProgram("pg_dump", ...asOwner)).rejects.toThrow(/row-level security/);
});
