import { flagsOf, Turns } from "../../../src/platform/jobs/turns";

/** Takes a turn under the flags until it is told to end. */
function begun(turns: Turns, flags: string[]): () => Promise<void> {
  let end: () => void = () => undefined;
  const done = turns.take(flags, () => new Promise<void>((resolve) => (end = resolve)));
  return () => {
    end();
    return done;
  };
}

test("no organisation takes more than half of a worker", async () => {
  const turns = new Turns(8);
  const ends = Array.from({ length: 4 }, () => begun(turns, flagsOf("one", {})));
  begun(turns, flagsOf("other", {}));
  expect(turns.closed()).toEqual(["one"]);
  await ends[0]!();
  expect(turns.closed()).toEqual([]);
});

test("what yields leaves two turns to the rest", () => {
  const turns = new Turns(8);
  for (const organization of ["a", "b", "c", "d", "e", "f"]) begun(turns, flagsOf(organization, { yields: true }));
  expect(turns.closed()).toEqual(["yields"]);
});

test.each([1, 2])("a worker of %i does something of everything", (size) => {
  const turns = new Turns(size);
  expect(turns.closed()).toEqual([]);
  begun(turns, flagsOf("one", { yields: true }));
  expect(turns.closed().sort()).toEqual(["one", "yields"]);
});

test("a turn that fails is over", async () => {
  const turns = new Turns(2);
  await expect(turns.take(["one"], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(turns.closed()).toEqual([]);
});
