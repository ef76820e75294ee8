import { takenFault } from "../../src/interviews/booking.rules";

const taken = {
  memberId: "m",
  name: "Ann",
  startsAt: new Date("2026-11-20T23:30Z"),
  endsAt: new Date("2026-11-21T00:30Z"),
  sessionId: "s",
};

test.each<[string, object, string[], string, string]>([
  ["by a session that may be seen", {}, ["s"], "Ann", "by the session s: take another time or somebody else."],
  ["by one that may not", {}, ["t"], "Ann", "by another session: take another time or somebody else."],
  ["as a candidate", { memberId: null, name: null }, ["s"], "The candidate", "by the session s: take another time."],
])("who is taken %s is told so", (_, change, visible, who, end) => {
  const telling = { timeZone: "Asia/Kathmandu", visible: new Set(visible), fieldOf: () => ["startsAt"] };
  expect(takenFault({ ...taken, ...change }, telling)).toEqual({
    code: "SLOT_TAKEN",
    message: `${who} is taken from 2026-11-21T05:15 to 2026-11-21T06:15 (Asia/Kathmandu) ${end}`,
    field: ["startsAt"],
  });
});
