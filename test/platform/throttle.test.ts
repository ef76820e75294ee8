import { networkOf } from "../../src/platform/network";
import { Throttle } from "../../src/platform/throttle";

/** A clock that the test moves. */
function clock() {
  let milliseconds = 1_000_000;
  return {
    read: () => milliseconds,
    pass: (seconds: number) => {
      milliseconds += seconds * 1000;
    },
  };
}

const RATE = { capacity: 100, restoredPerSecond: 10 };

test("what is there is paid at once, down to nothing", () => {
  const throttle = new Throttle(RATE, clock().read);
  expect(throttle.pay("ann", 60)).toEqual({ granted: true, remaining: 40, fullInSeconds: 6, waitSeconds: 0 });
  expect(throttle.pay("ann", 40)).toEqual({ granted: true, remaining: 0, fullInSeconds: 10, waitSeconds: 0 });
});

test("what is not there is not granted, takes nothing, and is there after the seconds told", () => {
  const time = clock();
  const throttle = new Throttle(RATE, time.read);
  throttle.pay("ann", 95);
  expect(throttle.pay("ann", 26)).toEqual({ granted: false, remaining: 5, fullInSeconds: 10, waitSeconds: 3 });
  time.pass(2);
  expect(throttle.pay("ann", 26).granted).toBe(false);
  time.pass(1);
  expect(throttle.pay("ann", 26)).toMatchObject({ granted: true, remaining: 9 });
});

test("it comes back at the rate, never beyond the capacity", () => {
  const time = clock();
  const throttle = new Throttle(RATE, time.read);
  throttle.pay("ann", 100);
  time.pass(1.5);
  expect(throttle.couldPay("ann", 1)).toMatchObject({ remaining: 15, fullInSeconds: 9 });
  time.pass(3600);
  expect(throttle.couldPay("ann", 1)).toMatchObject({ remaining: 100, fullInSeconds: 0 });
});

test("a wait is at least a second, however little is missing", () => {
  const throttle = new Throttle({ capacity: 100, restoredPerSecond: 1000 }, clock().read);
  throttle.pay("ann", 100);
  expect(throttle.pay("ann", 1).waitSeconds).toBe(1);
});

test("more than the capacity is never granted", () => {
  const time = clock();
  const throttle = new Throttle(RATE, time.read);
  time.pass(3600);
  expect(throttle.pay("ann", 101).granted).toBe(false);
});

test("one key's spending is nothing to another", () => {
  const throttle = new Throttle(RATE, clock().read);
  throttle.pay("ann", 100);
  expect(throttle.pay("bob", 100).granted).toBe(true);
});

test("asking whether something could be paid takes nothing, and remembers nobody", () => {
  const throttle = new Throttle(RATE, clock().read);
  throttle.couldPay("ann", 100);
  expect([throttle.size, throttle.pay("ann", 100).granted]).toEqual([0, true]);
});

test("the number of buckets is bounded: full ones are forgotten first, then the one untouched for longest", () => {
  const time = clock();
  const throttle = new Throttle(RATE, time.read, 3);
  throttle.pay("ann", 100);
  throttle.pay("bob", 10);
  throttle.pay("cyd", 100);
  time.pass(1);
  throttle.pay("dora", 1);
  expect(throttle.size).toBe(3);
  expect(["ann", "cyd"].map((key) => throttle.couldPay(key, 1).remaining)).toEqual([10, 10]);
  throttle.pay("ann", 5);
  throttle.pay("emil", 1);
  expect(throttle.size).toBe(3);
  expect(["ann", "cyd", "dora"].map((key) => throttle.couldPay(key, 1).remaining)).toEqual([5, 100, 99]);
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("the address %s stands for %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
