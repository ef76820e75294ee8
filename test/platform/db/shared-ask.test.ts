import { setImmediate as turn } from "node:timers/promises";
import { sharedAsk } from "../../../src/platform/db/shared-ask";

/** Questions that are answered when the test says so. */
function questions() {
  const asked: { answer(value: number): void; fail(error: Error): void }[] = [];
  const ask = sharedAsk(() => new Promise<number>((answer, fail) => asked.push({ answer, fail })));
  return { asked, ask };
}

test("whoever calls while nothing is asked gets an answer of their own", async () => {
  const { asked, ask } = questions();
  const first = ask();
  asked[0]!.answer(1);
  expect(await first).toBe(1);
  const second = ask();
  asked[1]!.answer(2);
  expect(await second).toBe(2);
});

test("whoever calls while a question is under way shares the next one, which is asked afterwards", async () => {
  const { asked, ask } = questions();
  const first = ask();
  const others = [ask(), ask(), ask()];
  expect(asked).toHaveLength(1);
  asked[0]!.answer(1);
  await first;
  await turn();
  expect(asked).toHaveLength(2);
  const later = ask();
  asked[1]!.answer(2);
  expect(await Promise.all(others)).toEqual([2, 2, 2]);
  await turn();
  expect(asked).toHaveLength(3);
  asked[2]!.answer(3);
  expect(await later).toBe(3);
});

test("a question that fails is theirs who shared it; the next is asked all the same", async () => {
  const { asked, ask } = questions();
  const first = ask();
  const second = ask();
  asked[0]!.fail(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await turn();
  asked[1]!.answer(2);
  expect(await second).toBe(2);
});
