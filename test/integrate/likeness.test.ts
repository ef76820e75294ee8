import { unlike, unlikeHttp } from "./likeness";

const INSTANT = "2026-11-21T12:55:36.330Z";

describe("like what the page shows is", () => {
  test.each([
    ["the same", { a: [1, null, true, "x"] }, { a: [1, null, true, "x"] }],
    ["any text for …", { a: "…" }, { a: "anything" }],
    ["any instant", { a: INSTANT }, { a: "2027-01-01T00:00:00.000Z" }],
    ["more items for a last …", { a: [1, "…"] }, { a: [1, 2, 3] }],
    ["what comes beside data", { data: 1 }, { data: 1, extensions: { cost: {} } }],
    ["one value for one name", { a: "$ID", b: "$ID" }, { a: "7", b: "7" }],
  ])("%s", (_what, shown, real) => expect(unlike(shown, real, new Map())).toEqual([]));
});

describe("unlike is", () => {
  test.each([
    ["another value", { a: 1 }, { a: 2 }],
    ["a text for a number", { a: 1 }, { a: "1" }],
    ["what is missing", { a: 1, b: 2 }, { a: 1 }],
    ["what is not shown", { a: 1 }, { a: 1, b: 2 }],
    ["no text for …", { a: "…" }, { a: null }],
    ["no instant", { a: INSTANT }, { a: "yesterday" }],
    ["fewer items", { a: [1, 2] }, { a: [1] }],
    ["more items", { a: [1] }, { a: [1, 2] }],
    ["two values for one name", { a: "$ID", b: "$ID" }, { a: "7", b: "8" }],
    ["extensions further down", { data: {} }, { data: { extensions: {} } }],
  ])("%s", (_what, shown, real) => expect(unlike(shown, real, new Map())).toHaveLength(1));
});

test("of an HTTP answer the status, the headers that are shown and the body count", () => {
  const shown = 'HTTP/1.1 200 OK\nidempotency-replayed: true\n\n{ "data": "$D" }';
  const real = 'HTTP/1.1 200 OK\r\nDate: today\r\nIdempotency-Replayed: true\r\n\r\n{"data":"x"}';
  expect(unlikeHttp(shown, real, new Map())).toEqual([]);
  expect(unlikeHttp(shown, real.replace("true", "false"), new Map())).toHaveLength(1);
  expect(unlikeHttp(shown, real.replace("200 OK", "409 Conflict"), new Map())).toHaveLength(1);
});
