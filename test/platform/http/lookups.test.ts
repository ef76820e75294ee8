import { fewAtOnce } from "../../../src/platform/http/lookups";

/** Look-ups that end when the test says so. */
function byHand() {
  const begun = new Map<string, (addresses: string[]) => void>();
  const resolve = (host: string) => new Promise<string[]>((end) => begun.set(host, end));
  return { begun, resolve, asked: () => [...begun.keys()] };
}

/** Lets everything go on that waits for no clock. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const HOUR = 3_600_000;

test("a third look-up begins once one of two has ended", async () => {
  const { begun, resolve, asked } = byHand();
  const few = fewAtOnce(resolve, { atOnce: 2, milliseconds: HOUR });
  const all = Promise.all(["one", "two", "three"].map(few));
  expect(asked()).toEqual(["one", "two"]);
  begun.get("two")!(["2.2.2.2"]);
  await settle();
  expect(asked()).toEqual(["one", "two", "three"]);
  begun.get("one")!(["1.1.1.1"]);
  begun.get("three")!(["3.3.3.3"]);
  expect(await all).toEqual([["1.1.1.1"], ["2.2.2.2"], ["3.3.3.3"]]);
});

test("one that fails makes room too", async () => {
  const few = fewAtOnce((host) => (host === "bad" ? Promise.reject(new Error("ENOTFOUND")) : Promise.resolve([host])), {
    atOnce: 1,
    milliseconds: HOUR,
  });
  const bad = few("bad");
  const good = few("good");
  await expect(bad).rejects.toThrow("ENOTFOUND");
  expect(await good).toEqual(["good"]);
});

test("one that hangs is given up for its caller, and keeps its place until it ends", async () => {
  const { begun, resolve, asked } = byHand();
  const few = fewAtOnce(resolve, { atOnce: 1, milliseconds: 20 });
  const hanging = few("hanging");
  const behind = few("behind");
  await expect(hanging).rejects.toThrow("No address of hanging came within 0.02 s");
  await expect(behind).rejects.toThrow("No address of behind came within 0.02 s");
  expect(asked()).toEqual(["hanging"]);
  begun.get("hanging")!([]);
  await settle();
  const later = few("later");
  begun.get("later")!(["4.4.4.4"]);
  expect(await later).toEqual(["4.4.4.4"]);
  expect(asked()).toEqual(["hanging", "later"]);
});
