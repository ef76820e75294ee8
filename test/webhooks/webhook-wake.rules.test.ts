import { another, NOW, nextLook } from "../../src/webhooks/webhook-wake.rules";

const now = new Date("2026-11-21T12:00:00.250Z");
const inMilliseconds = (milliseconds: number) => new Date(now.getTime() + milliseconds);

describe("the next look", () => {
  test("is at the end of its second, under a key of that second alone", () => {
    const soon = nextLook(inMilliseconds(5000), now, "now");
    expect(soon.at).toEqual(new Date("2026-11-21T12:00:06Z"));
    expect(nextLook(inMilliseconds(5700), now, "again")).toEqual(soon);
    expect(nextLook(inMilliseconds(18_000_000), now, "now").key).not.toBe(soon.key);
  });

  test.each(["now", "again", "anew", "at:1795262400"])("at once takes another key than %s, its own", (own) => {
    const look = nextLook(inMilliseconds(-1), now, own);
    expect(look.at).toBeUndefined();
    expect([own, NOW.key]).not.toContain(look.key);
    expect(look).toEqual(another(own));
  });

  test("never takes its own key, also where the clock of the queue is ahead", () => {
    const { key } = nextLook(inMilliseconds(5000), now, "now");
    expect(nextLook(inMilliseconds(5000), now, key)).toEqual({ key: "again" });
  });
});
