import { mayReadReason } from "../../src/identity/member.policy";
import { changedProfile, lastAdminFaults, standingFaults, takenFaults } from "../../src/identity/member.rules";
import { memberViewer, ROLES, type Role, type Viewer } from "../../src/identity/viewer.rules";

const ADA = { name: "Ada Osei", email: "ada@acme.example", role: "RECRUITER" as const };

describe("what changes about a member", () => {
  test.each<[string, Parameters<typeof changedProfile>[1], Partial<typeof ADA> | object]>([
    ["nothing written", {}, {}],
    ["null", { name: null, email: null, role: null }, {}],
    ["what holds already", ADA, {}],
    ["the address in other letters", { email: "ADA@Acme.Example" }, {}],
    ["another address, in lower case", { email: "Osei@Acme.Example" }, { email: "osei@acme.example" }],
    ["the role alone", { name: "Ada Osei", role: "ADMIN" }, { role: "ADMIN" }],
    ["the name alone", { name: "Ada Osei-Bonsu", email: null }, { name: "Ada Osei-Bonsu" }],
  ])("%s", (_, written, expected) => expect(changedProfile(ADA, written)).toEqual(expected));
});

describe("an e-mail address", () => {
  test("of nobody is free", () => expect(takenFaults(undefined)).toEqual([]));

  test.each([
    [true, /^The e-mail address is Ada Osei's: edit that member, or take another address\.$/],
    [false, /^The e-mail address is Ada Osei's: they are deactivated, so use `reactivateMember`/],
  ])("of a member is taken, active %s", (active, message) => {
    expect(takenFaults({ name: "Ada Osei", active })).toEqual([
      { code: "ALREADY_EXISTS", field: ["email"], message: expect.stringMatching(message) },
    ]);
  });
});

describe("the last ADMIN", () => {
  const standing = (role: Role, active = true) => ({ role, active });
  test.each<[string, ReturnType<typeof standing>, ReturnType<typeof standing>, number, boolean]>([
    ["is not made anything else", standing("ADMIN"), standing("RECRUITER"), 0, true],
    ["is not deactivated", standing("ADMIN"), standing("ADMIN", false), 0, true],
    ["may stay", standing("ADMIN"), standing("ADMIN"), 0, false],
    ["may go where there is another", standing("ADMIN"), standing("RECRUITER"), 1, false],
    ["is nobody who is deactivated", standing("ADMIN", false), standing("AUDITOR", false), 0, false],
    ["is nobody in another role", standing("RECRUITER"), standing("RECRUITER", false), 0, false],
  ])("%s", (_, before, after, others, refused) => {
    const faults = lastAdminFaults(before, after, others, "role");
    expect(faults.map(({ code, field }) => [code, field])).toEqual(refused ? [["LAST_ADMIN", ["role"]]] : []);
  });
});

test.each([
  [true, true, ["ILLEGAL_MOVE"]],
  [false, false, ["ILLEGAL_MOVE"]],
  [true, false, []],
  [false, true, []],
])("active %s, wanted %s: %j", (active, wanted, codes) => {
  expect(standingFaults({ active }, wanted).map(({ code }) => code)).toEqual(codes);
});

describe("why somebody was deactivated", () => {
  test("is for ADMIN alone to read", () => {
    const viewers = ROLES.map((role) => memberViewer({ organizationId: "o", id: "m", role }));
    expect(viewers.filter(mayReadReason).map(({ role }) => role)).toEqual(["ADMIN"]);
    const key: Viewer = { kind: "KEY", organizationId: "o", id: "k", scopes: ["audit:read"] };
    expect(mayReadReason(key)).toBe(false);
  });
});
