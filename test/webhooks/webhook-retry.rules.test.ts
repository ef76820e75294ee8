import { nearest } from "../../src/webhooks/nearest.rules";
import { type Aftermath, aftermath } from "../../src/webhooks/webhook-aftermath.rules";
import { logHeaders, logText } from "../../src/webhooks/webhook-log.rules";
import { replayFaults } from "../../src/webhooks/webhook-replay.rules";
import {
  MOST_TRIES,
  restMilliseconds,
  retryMilliseconds,
  wishedMilliseconds,
} from "../../src/webhooks/webhook-retry.rules";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = new Date("2026-11-21T10:00:00Z");
const inTime = (milliseconds: number) => new Date(now.getTime() + milliseconds);

describe("a failed try is repeated", () => {
  test.each([
    [1, 5 * SECOND],
    [2, 5 * MINUTE],
    [3, 30 * MINUTE],
    [4, 2 * HOUR],
    [5, 5 * HOUR],
    [6, 10 * HOUR],
    [7, 14 * HOUR],
    [8, 20 * HOUR],
    [9, 24 * HOUR],
    [10, null],
  ])("after %i tries in %p ms", (tries, milliseconds) => expect(retryMilliseconds(tries, 0)).toBe(milliseconds));

  test("up to a tenth later, as chance has it", () => {
    expect(retryMilliseconds(2, 1)).toBe(5.5 * MINUTE);
    expect(retryMilliseconds(2, 0.5)).toBe(5.25 * MINUTE);
  });

  test("10 times in all", () => expect(MOST_TRIES).toBe(10));
});

test.each([
  ["120", 2 * MINUTE],
  [" 7 ", 7 * SECOND],
  ["0", 0],
  ["Sat, 21 Nov 2026 10:05:00 GMT", 5 * MINUTE],
  ["Sat, 21 Nov 2026 09:00:00 GMT", 0],
  ["999999999999", DAY],
  ["Fri, 01 Jan 2100 00:00:00 GMT", DAY],
  ["-5", 0],
  ["1.5", 0],
  ["soon", 0],
  ["Sat, 99 Foo 2026 10:05:00 GMT", 0],
  ["", 0],
  [undefined, 0],
])("Retry-After %p asks for %i ms", (text, milliseconds) => expect(wishedMilliseconds(text, now)).toBe(milliseconds));

test.each([
  [0, SECOND],
  [SECOND, SECOND],
  [3 * SECOND, 3 * SECOND],
  [HOUR, MINUTE],
])("an endpoint that has failed for %i ms rests for %i ms", (failing, rest) =>
  expect(restMilliseconds(failing)).toBe(rest),
);

describe("what a try changes", () => {
  const well = { attempts: 0, failingSince: null, restsUntil: null };
  const usual = { now, chance: 0, haste: 1 };
  const told = ({ delivery, endpoint, disabling }: Aftermath) => ({
    state: delivery.state,
    dueAt: delivery.dueAt,
    restsUntil: endpoint.restsUntil,
    disabled: disabling !== null,
  });

  test.each([200, 201, 204, 299])("%i is received, and all is well again", (status) => {
    const before = { attempts: 3, failingSince: inTime(-HOUR), restsUntil: inTime(MINUTE) };
    expect(aftermath({ status, failure: null }, before, usual)).toEqual({
      failure: null,
      delivery: { state: "DELIVERED", attempts: 4, dueAt: null, leasedUntil: null, deliveredAt: now },
      endpoint: { failingSince: null, restsUntil: null },
      disabling: null,
    });
  });

  test.each([
    ["redirects", 301, false],
    ["redirects", 308, false],
    ["no 2xx", 100, false],
    ["not found", 404, false],
    ["a fault", 500, false],
    ["too many", 429, true],
    ["a bad gateway", 502, true],
    ["unavailable", 503, true],
    ["a slow gateway", 504, true],
    ["no answer", null, true],
  ])("%s (%p) is repeated; the endpoint rests: %p", (_, status, rests) => {
    const failure = status === null ? "The connection was refused." : null;
    const restsUntil = rests ? inTime(SECOND) : null;
    const said = told(aftermath({ status, failure }, well, usual));
    expect(said).toEqual({ state: "PENDING", dueAt: inTime(5 * SECOND), restsUntil, disabled: false });
  });

  test("410 disables at once", () => {
    const said = aftermath({ status: 410, failure: null }, well, usual);
    expect(said).toMatchObject({ disabling: "It answered 410: it wants no more.", delivery: { state: "PENDING" } });
  });

  test("Retry-After makes it later, and the whole endpoint where it is overloaded", () => {
    const reply = { status: 503, retryAfter: "60", failure: null };
    expect(told(aftermath(reply, well, usual))).toMatchObject({ dueAt: inTime(MINUTE), restsUntil: inTime(MINUTE) });
  });

  test("Retry-After never makes it earlier", () => {
    const reply = { status: 500, retryAfter: "60", failure: null };
    const said = told(aftermath(reply, { ...well, attempts: 1 }, usual));
    expect(said).toMatchObject({ dueAt: inTime(5 * MINUTE), restsUntil: null });
  });

  test("a rest that was asked for is not cut short by another failure", () => {
    const before = { attempts: 0, failingSince: inTime(-SECOND), restsUntil: inTime(HOUR) };
    expect(told(aftermath({ status: 500, failure: null }, before, usual)).restsUntil).toEqual(inTime(HOUR));
    expect(told(aftermath({ status: 503, failure: null }, before, usual)).restsUntil).toEqual(inTime(HOUR));
  });

  test("the tenth failure is the last", () => {
    const said = told(aftermath({ status: 500, failure: null }, { ...well, attempts: 9 }, usual));
    expect(said).toMatchObject({ state: "FAILED", dueAt: null });
  });

  test.each([
    [5 * DAY - 1, false],
    [5 * DAY, true],
  ])("without success for %i ms the endpoint is given up: %p", (failing, disabled) => {
    const before = { ...well, failingSince: inTime(-failing) };
    expect(told(aftermath({ status: 500, failure: null }, before, usual)).disabled).toBe(disabled);
  });

  test("haste divides every span", () => {
    const reply = { status: 503, retryAfter: "3600", failure: null };
    const said = told(aftermath(reply, { ...well, attempts: 2 }, { ...usual, haste: 3600 }));
    expect(said).toMatchObject({ dueAt: inTime(SECOND), restsUntil: inTime(SECOND) });
    const long = { ...well, failingSince: inTime(-2 * MINUTE) };
    expect(told(aftermath(reply, long, { ...usual, haste: 3600 })).disabled).toBe(true);
  });

  test("it is said in words why", () => {
    const failures = [301, 500].map((status) => aftermath({ status, failure: null }, well, usual).failure);
    expect(failures).toEqual([
      "It answered 301: redirects are not followed.",
      "It answered 500; 200 to 299 are wanted.",
    ]);
    expect(aftermath({ status: null, failure: "It hung." }, well, usual).failure).toBe("It hung.");
  });
});

describe("the log", () => {
  test.each([
    ["a\u0000b\u0007c\u0085d", "abcd"],
    ["two\nlines\tand a tab\r", "two\nlines\tand a tab"],
    ["half \ud800 a character", "half  a character"],
    ["x".repeat(3000), "x".repeat(2000)],
    ["🦄".repeat(3000), "🦄".repeat(2000)],
  ])("keeps of %j what can be read", (text, kept) => expect(logText(text)).toBe(kept));

  test("keeps headers but those that are secret", () => {
    const headers = {
      "content-type": "text/plain",
      "set-cookie": ["a=1", "b=2"],
      "Webhook-Signature": "v1,secret",
      authorization: "Bearer x",
      via: ["one", "two"],
      nothing: undefined,
    };
    expect(logHeaders(headers)).toBe("content-type: text/plain\nvia: one\nvia: two");
  });
});

test.each([
  ["scorecard.submited", "scorecard.submitted"],
  ["scorecards.submitted", "scorecard.submitted"],
  ["candidate.erase", "candidate.erased"],
])("%s comes nearest to %s", (text, name) =>
  expect(nearest(text, ["job.created", "scorecard.submitted", "candidate.erased"], 1)).toEqual([name]),
);

test.each([
  [0, ["until"]],
  [-1, ["until"]],
  [31 * DAY + 1, ["until"]],
  [31 * DAY, undefined],
  [1, undefined],
])("a replay of %i ms is at fault in %p", (span, field) =>
  expect(replayFaults({ from: now, until: inTime(span) })[0]?.field).toEqual(field),
);
