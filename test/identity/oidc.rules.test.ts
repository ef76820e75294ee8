import { ASYMMETRIC, believedUntil, signsIn, whyUnknown } from "../../src/identity/oidc.rules";

const email = "ada@acme.example";

test("no algorithm with a secret, and not none", () => {
  expect(ASYMMETRIC.filter((alg) => /^(HS|none)/i.test(alg))).toEqual([]);
});

test.each<[unknown, boolean]>([
  ["JWT", true],
  ["jwt", true],
  ["at+jwt", true],
  ["application/at+jwt", true],
  [undefined, true],
  ["", false],
  [null, false],
  ["logout+jwt", false],
  ["dpop+jwt", false],
  ["secevent+jwt", false],
  [["JWT"], false],
])("a token of the type %j signs in: %s", (typ, expected) => expect(signsIn(typ)).toBe(expected));

describe("who is known by a token", () => {
  test.each<[string, Record<string, unknown>]>([
    ["email_verified true", { email_verified: true }],
    ["email_verified as text", { email_verified: "true" }],
    ["xms_edov true", { xms_edov: true }],
    ["xms_edov as a number", { xms_edov: 1 }],
    ["xms_edov as text", { xms_edov: "1" }],
  ])("%s is enough", (_, claims) => expect(whyUnknown({ email, ...claims })).toBeNull());

  test.each<[string, Record<string, unknown>]>([
    ["nothing", {}],
    ["false", { email_verified: false }],
    ["false as text", { email_verified: "false" }],
    ["another case", { email_verified: "TRUE" }],
    ["a number", { email_verified: 1 }],
    ["null", { email_verified: null }],
    ["a list", { email_verified: [true] }],
    ["no, and yes by the other claim", { email_verified: false, xms_edov: true }],
    ["xms_edov false", { xms_edov: false }],
    ["xms_edov 0", { xms_edov: "0" }],
  ])("%s is not", (_, claims) => expect(whyUnknown({ email, ...claims })).toContain("`email_verified`"));

  test.each([[undefined], [null], [""], [" "], [7], [["ada@acme.example"]]])("nobody, by the e-mail %j", (given) =>
    expect(whyUnknown({ email: given, email_verified: true })).toContain("scope `email`"),
  );
});

test.each([
  ["its end, where that is sooner", 1_000_600, 1_000_600],
  ["an hour, where it lives longer", 1_900_000, 1_003_600],
  ["its end, where that is past", 999_990, 999_990],
])("a token is believed until %s", (_, exp, expected) => expect(believedUntil(exp, 1_000_000_000)).toBe(expected));
