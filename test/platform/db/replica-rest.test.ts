import { type Fault, ReplicaRest } from "../../../src/platform/db/replica-rest";

const FAULTS: [Fault, number][] = [
  ["behind", 250],
  ["away", 2_000],
];

test("a replica without fault is asked", () => {
  expect(new ReplicaRest(() => 0).keepsOff()).toBeNull();
});

test.each(FAULTS)("one that is %s is left alone for %i ms; then one asks it, and the others wait", (fault, rest) => {
  let now = 1_000;
  const replica = new ReplicaRest(() => now);
  replica.begin(fault);
  now += rest - 1;
  expect([replica.keepsOff(), replica.keepsOff()]).toEqual([fault, fault]);
  now += 1;
  expect([replica.keepsOff(), replica.keepsOff(), replica.keepsOff()]).toEqual([null, fault, fault]);
});

test("once it has answered, everybody asks it", () => {
  const replica = new ReplicaRest(() => 0);
  replica.begin("away");
  replica.end();
  expect([replica.keepsOff(), replica.keepsOff()]).toEqual([null, null]);
});

test("the fault that was known before is told, so that the log hears of each once", () => {
  const replica = new ReplicaRest(() => 0);
  expect([replica.begin("behind"), replica.begin("away"), replica.begin("away")]).toEqual([null, "behind", "away"]);
  expect([replica.end(), replica.end()]).toEqual(["away", null]);
});

test("whoever waits for the replica gives up once somebody finds that it is away", async () => {
  const replica = new ReplicaRest(() => 0);
  const waiting = replica.orAway(new Promise(() => undefined));
  replica.begin("behind");
  const quick = replica.orAway(Promise.resolve("answered"));
  expect(await quick).toBe("answered");
  replica.begin("away");
  expect(await waiting).toBeNull();
});

test("what fails while somebody waits fails for them", async () => {
  await expect(new ReplicaRest(() => 0).orAway(Promise.reject(new Error("gone")))).rejects.toThrow("gone");
});
