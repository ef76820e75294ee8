import { addCandidate, crowd, nameOf, namesIn } from "./candidates";
import { asSuperuser, type Cluster, copyOf, openCluster } from "./debian-postgres";
import { type House, openHouse } from "./house";
import { openPooler, type Pooler, TO_POSTGRES } from "./pgbouncer";
import { postgresProgram } from "./postgres-programs";
import type { Office, Server } from "./server";

jest.setTimeout(180_000);

let cluster: Cluster;
let pooler: Pooler;
let house: House;
let server: Server;
let acme: Office;
let brook: Office;

const behindPooler = () => ({
  DATABASE_URL: pooler.url("assay_server"),
  ASSAY_STATEMENT_NAMES: "off",
  ASSAY_POOL_SIZE: "40",
});

beforeAll(async () => {
  [cluster, house] = await Promise.all([openCluster(), openHouse()]);
  pooler = await openPooler(cluster);
  [acme, brook] = [await house.office(cluster, "Acme"), await house.office(cluster, "Brook")];
  server = await house.server(cluster, behindPooler());
});

afterAll(async () => {
  await house?.close();
  await pooler?.stop();
  await cluster?.remove();
});

test("it is the PgBouncer that Debian has, which knows no prepared statements in transaction mode", () => {
  expect(pooler.version).toMatch(/^PgBouncer 1\.18\./);
});

test("somebody signs in, writes, and reads what they wrote", async () => {
  const { viewer } = await server.ask(acme, "query Who { viewer { member { email } organization { name } } }");
  expect(viewer).toEqual({ member: { email: acme.admin }, organization: { name: "Acme" } });
  for (let n = 0; n < 20; n++) {
    const id = await addCandidate(server, acme, `Acme ${n}`);
    expect(await nameOf(server, acme, id)).toBe(`Acme ${n}`);
  }
  expect((await namesIn(server, acme)).length).toBe(20);
});

test("200 requests of two organisations at once, over few connections: none sees the other's", async () => {
  for (let n = 0; n < 20; n++) await addCandidate(server, brook, `Brook ${n}`);
  const foreign = await crowd([server], [acme, brook], 200);
  expect(foreign.flat()).toEqual([]);
  const connections = "select count(*) from pg_stat_activity where usename = 'assay_server'";
  const count = Number(await postgresProgram("psql", ...asSuperuser(cluster), "-Atc", connections));
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThanOrEqual(TO_POSTGRES);
});

test("reads and writes of both at once keep apart", async () => {
  const ids = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const office = n % 2 ? acme : brook;
      return { office, id: await addCandidate(server, office, `${office.name} at once ${n}`) };
    }),
  );
  for (const { office, id } of ids.slice(0, 20)) {
    expect(await nameOf(server, office, id)).toMatch(office.name);
    expect(await nameOf(server, office === acme ? brook : acme, id)).toBeNull();
  }
});

test("a replica behind one is read from too, behind the same wall", async () => {
  const replica = await copyOf(cluster, { follow: true });
  await replica.start();
  const second = await openPooler(replica);
  try {
    const reading = await house.server(cluster, {
      ...behindPooler(),
      DATABASE_REPLICA_URL: second.url("assay_server"),
    });
    const id = await addCandidate(reading, acme, "Acme, everywhere");
    expect(await nameOf(reading, acme, id)).toBe("Acme, everywhere");
    expect((await crowd([reading], [acme, brook], 200)).flat()).toEqual([]);
    expect(await reading.told('assay_replica_reads_total{outcome="answered"}')).toBeGreaterThan(0);
    await reading.stop();
  } finally {
    await second.stop();
    await replica.remove();
  }
});

test("with statement names the server does not come up behind it, rather than answering wrongly", async () => {
  const { ASSAY_STATEMENT_NAMES: _, ...named } = behindPooler();
  await expect(house.server(cluster, named)).rejects.toThrow(/prepared statement "carry"/);
});
