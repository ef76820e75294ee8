import { createOrganization } from "../../src/identity/organization.actions";
import { signToken } from "../../src/identity/token.actions";
import { newId } from "../../src/platform/ids";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

const SECRET = "a secret of the tests, thirty-two long";

let api: Api;
let one: string;
let two: string;

beforeAll(async () => {
  api = await startApi();
  const founded = async (name: string, emails: string[]) => {
    const members = emails.map((email) => ({ email, name: email, role: "INTERVIEWER" as const }));
    return (await createOrganization(api.database, { empty: true, name, members })).organization.id;
  };
  one = await founded("One", [
    "Only@signin.example",
    "both@signin.example",
    "gone@signin.example",
    "left@signin.example",
  ]);
  two = await founded("Two", ["both@signin.example", "left@signin.example"]);
  await withClient(superuserUrl, (client) =>
    client.query(
      "update members set active = false where email = 'gone@signin.example' or (email = 'left@signin.example' and organization_id = $1)",
      [one],
    ),
  );
});

afterAll(() => api.close());

interface Told {
  organization?: string;
  email?: string;
  code?: string;
  message?: string;
}

/** What the server says to a header. */
async function told(authorization?: string): Promise<Told> {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
    body: JSON.stringify({ query: "{ viewer { member { email } organization { id } } }" }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { viewer: { member: { email: string }; organization: { id: string } } } | null;
    errors?: { message: string; extensions: { code: string } }[];
  };
  if (errors) return { code: errors[0]!.extensions.code, message: errors[0]!.message };
  return { email: data!.viewer.member.email, organization: data!.viewer.organization.id };
}

const bearer = async (email: string, org?: string, secret = SECRET, lifetime = "1h"): Promise<string> =>
  `Bearer ${await signToken(secret, { email, org }, lifetime)}`;

describe("a token without an organisation", () => {
  test("is enough for a member of one, in whatever case the address is written", async () => {
    for (const email of ["only@signin.example", "ONLY@SignIn.example"])
      expect(await told(await bearer(email))).toEqual({ email: "only@signin.example", organization: one });
  });

  test("is not enough for a member of two, who is told to name one", async () => {
    const { code, message } = await told(await bearer("both@signin.example"));
    expect(code).toBe("UNAUTHENTICATED");
    expect(message).toContain("`org`");
  });

  test("leads to the one that is left to somebody who was deactivated in the other", async () => {
    expect(await told(await bearer("left@signin.example"))).toEqual({
      email: "left@signin.example",
      organization: two,
    });
  });

  test.each(["nobody@signin.example", "gone@signin.example", ""])("names nobody as %j", async (email) => {
    const { code, message } = await told(await bearer(email));
    expect(code).toBe("UNAUTHENTICATED");
    expect(message).toBe("The token names nobody who may sign in here.");
  });
});

describe("a token with an organisation", () => {
  test("decides between two", async () => {
    for (const organization of [one, two])
      expect(await told(await bearer("both@signin.example", organization))).toEqual({
        email: "both@signin.example",
        organization,
      });
  });

  test.each<[string, string, () => string]>([
    ["somebody who is not its member", "only@signin.example", () => two],
    ["somebody who was deactivated", "gone@signin.example", () => one],
    ["somebody who was deactivated there alone", "left@signin.example", () => one],
    ["an organisation that is not there", "only@signin.example", () => newId("Organization")],
    ["an unknown address", "nobody@signin.example", () => one],
  ])("does not let in %s, and says the same to all", async (_, email, org) => {
    const message = "The token names nobody who may sign in here.";
    expect(await told(await bearer(email, org()))).toEqual({ code: "UNAUTHENTICATED", message });
  });

  test.each(["nonsense", "' or true --", newId("Member")])("whose organisation is %j is not valid", async (org) => {
    const { code, message } = await told(await bearer("only@signin.example", org));
    expect(code).toBe("UNAUTHENTICATED");
    expect(message).toContain("not valid");
  });
});

describe("a token that cannot be trusted", () => {
  const whole = () => bearer("only@signin.example");

  test.each<[string, () => Promise<string | undefined>, string]>([
    ["nothing", async () => undefined, "Sign in"],
    ["another scheme", async () => "Basic b25seTpvbmx5", "Sign in"],
    ["an empty token", async () => "Bearer ", "Sign in"],
    ["a word", async () => "Bearer word", "not valid"],
    [
      "another secret",
      () => bearer("only@signin.example", undefined, "another secret, also thirty-two long"),
      "not valid",
    ],
    ["a token that expired", () => bearer("only@signin.example", undefined, SECRET, "-1m"), "expired"],
    ["a changed signature", async () => `${(await whole()).slice(0, -4)}AAAA`, "not valid"],
    ["no signature", async () => `${(await whole()).split(".").slice(0, 2).join(".")}.`, "not valid"],
    [
      "the algorithm none",
      async () => {
        const [, claims] = (await whole()).split(".");
        const header = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
        return `Bearer ${header}.${claims}.`;
      },
      "not valid",
    ],
  ])("%s is UNAUTHENTICATED", async (_, authorization, words) => {
    const { code, message } = await told(await authorization());
    expect(code).toBe("UNAUTHENTICATED");
    expect(message).toContain(words);
  });

  test("does not keep anybody from what answers to all", async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer word" },
      body: JSON.stringify({ query: "{ about { name } }" }),
    });
    expect(await response.json()).toMatchObject({ data: { about: { name: "Assay" } } });
  });
});
