import { inTurns, oneAtATime, Turn } from "../../../src/platform/exchange/turn";

/** Steps that keep the thread busy for longer than a turn. */
function* slowly<T>(all: readonly T[]): Generator<T> {
  for (const each of all) {
    const turn = new Turn();
    while (!turn.isOver);
    yield each;
  }
}

test("all that a slow source yields is taken in its order", async () => {
  expect(await inTurns(slowly([3, 1, 2]))).toEqual([3, 1, 2]);
  expect(await inTurns([])).toEqual([]);
});

test("others are let through between two slow steps", async () => {
  const seen: string[] = [];
  function* source() {
    for (const step of slowly(["first", "second"])) {
      seen.push(step);
      yield step;
    }
  }
  setImmediate(() => seen.push("another request"));
  await inTurns(source());
  expect(seen).toEqual(["first", "another request", "second"]);
});

test("a source that fails fails the whole", async () => {
  function* failing(): Generator<number> {
    yield 1;
    throw new Error("unreadable");
  }
  await expect(inTurns(failing())).rejects.toThrow("unreadable");
});

test("of several pieces of work each begins when the one before is over, also where that failed", async () => {
  const queue = oneAtATime();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Turn().pass();
    seen.push(`${name} ends`);
    if (name === "b") throw new Error("b failed");
    return name;
  };
  const done = await Promise.allSettled(["a", "b", "c"].map((name) => queue(work(name))));
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(done.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
