/** Who somebody was a moment ago is enough for a query; never for a mutation, and never after a change of this server. */
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

let api: Api;
let here: Company;
let heard: string[] = [];

beforeAll(async () => {
  api = await startApi({ remembersMembers: true });
  api.database.heard = (text) => heard.push(text);
});

afterAll(() => api.close());

beforeEach(async () => {
  here = await company(api.database);
  heard = [];
});

const QUERY = "{ viewer { member { id role } } }";
const MUTATION = "mutation ($input: CreateCandidateInput!) { createCandidate(input: $input) { candidate { id } } }";

const lookUps = () => heard.filter((text) => text.includes("t.email = $1")).length;

/** What another server does: this one is not told. */
const elsewhere = (text: string, ...values: unknown[]) =>
  withClient(superuserUrl, (client) => client.query(text, values));

const roleOf = async () => (await api.send(here.people.bob, QUERY)).data?.viewer.member.role;

test("a member who asks again and again is not looked up each time", async () => {
  for (let times = 0; times < 10; times++) await api.ask(here.people.bob, QUERY);
  expect(lookUps()).toBeGreaterThan(0);
  expect(lookUps()).toBeLessThan(10);
});

test("a mutation looks them up, however short the time", async () => {
  await api.ask(here.people.admin, QUERY);
  await elsewhere("update members set active = false where id = $1", here.people.admin.id);
  const { errors } = await api.send(here.people.admin, MUTATION, { input: { name: "Ada" } });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
});

test("a change that this server makes is seen by the next query", async () => {
  const before = await roleOf();
  await api.ask(
    here.people.admin,
    "mutation ($input: EditMemberInput!) { editMember(input: $input) { member { id } userErrors { message } } }",
    { input: { id: here.people.bob.id, role: "AUDITOR", version: 1 } },
  );
  expect([before, await roleOf()]).toEqual(["INTERVIEWER", "AUDITOR"]);
});

test("a change that another server makes is seen after a second", async () => {
  expect(await roleOf()).toBe("INTERVIEWER");
  await elsewhere("update members set role = 'AUDITOR' where id = $1", here.people.bob.id);
  await new Promise((later) => setTimeout(later, 1_100));
  expect(await roleOf()).toBe("AUDITOR");
});

test("whoever is remembered in one organisation is a stranger to another", async () => {
  const other = await company(api.database);
  await api.ask(here.people.bob, QUERY);
  const forged = { email: here.people.bob.email, organizationId: other.organizationId };
  const { errors } = await api.send(forged, QUERY);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
});
