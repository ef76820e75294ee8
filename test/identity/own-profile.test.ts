import { type Company, company } from "../cast/company";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { toldOf } from "./member-mutations";

let api: Api;
let firm: Company;

beforeAll(async () => {
  api = await startApi();
});

beforeEach(async () => {
  firm = await company(api.database);
});

afterAll(() => api.close());

const EDIT = `mutation ($input: EditOwnProfileInput!) {
  editOwnProfile(input: $input) { member { id timeZone version } userErrors { code message field } } }`;

const edit = async (input: object) => (await api.send(firm.people.ann, EDIT, { input })).data.editOwnProfile;

test("members say in which zone they live, and everybody who sees them reads it", async () => {
  const { member } = await edit({ timeZone: "europe/zurich" });
  expect(member).toEqual({ id: firm.people.ann.id, timeZone: "Europe/Zurich", version: 2 });
  const { node } = await api.ask(firm.people.bob, "query ($id: ID!) { node(id: $id) { ... on Member { timeZone } } }", {
    id: member.id,
  });
  expect(node).toEqual({ timeZone: "Europe/Zurich" });
  expect(await toldOf(member)).toEqual([{ type: "member.edited", changes: ["timeZone"] }]);
});

test("null is UTC again; the same zone, and nothing at all, change nothing", async () => {
  await edit({ timeZone: "Europe/Zurich" });
  for (const same of [{ timeZone: "Europe/Zurich" }, {}]) {
    expect((await edit(same)).member).toMatchObject({ timeZone: "Europe/Zurich", version: 2 });
  }
  expect((await edit({ timeZone: null })).member).toMatchObject({ timeZone: null, version: 3 });
  expect(await toldOf(firm.people.ann)).toHaveLength(2);
});

test.each(["Mars/Base", "+01:00", "CET", "Europe/Zuerich", "SystemV/AST4"])("%s is no zone", async (timeZone) => {
  const { member, userErrors } = await edit({ timeZone });
  expect({ member, userErrors }).toMatchObject({
    member: null,
    userErrors: [{ code: "BAD_INPUT", field: ["timeZone"] }],
  });
  expect(userErrors[0].message).toContain(`There is no time zone ${JSON.stringify(timeZone)}: send an IANA name`);
});

test("a key has no profile", async () => {
  const key = await keyWith(firm, ["candidates:write"]);
  const { errors } = await api.send(key.secret, EDIT, { input: { timeZone: "UTC" } });
  expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
});
