import { expireAccessLog } from "../../../src/platform/journal/access-log";
import { type Company, company } from "../../cast/company";
import { type Api, startApi } from "../../support/api";
import { superuserUrl, withClient } from "../../support/database";

const SKILL =
  'mutation ($slug: String!) { createSkill(input: { slug: $slug, name: "X" }) { skill { id } userErrors { code } } }';

const ABOUT = "`createSkill` is for ADMIN, RECRUITER, HIRING_MANAGER; you are a member with the role INTERVIEWER.";

let api: Api;
let ours: Company;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
});

afterAll(() => api.close());

const entries = ({ organizationId }: Company) =>
  api.database.read<Record<string, unknown>>(
    organizationId,
    `select about, code, actor_kind as "actorKind", actor_id as "actorId", request_id as "requestId", address
     from access_log where kind = 'REFUSED' order by id`,
    [],
  );

test("a refused attempt is written down with its address, after everything it did was rolled back", async () => {
  const { errors, headers } = await api.send(ours.people.ann, SKILL, { slug: "go" });
  expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect(await entries(ours)).toEqual([
    {
      about: ABOUT,
      code: "FORBIDDEN",
      actorKind: "MEMBER",
      actorId: ours.people.ann.id,
      requestId: headers.get("x-request-id"),
      address: "127.0.0.1",
    },
  ]);
});

test("what the caller can mend is no attempt, and neither is what was done", async () => {
  const before = await entries(ours);
  await api.send(ours.people.admin, SKILL, { slug: "Not A Slug" });
  await api.ask(ours.people.admin, SKILL, { slug: "rust" });
  expect(await entries(ours)).toEqual(before);
});

test("it is the organisation's own, and forgets after 90 days", async () => {
  const theirs = await company(api.database);
  expect(await entries(theirs)).toEqual([]);
  const { id } = ours.people.ann;
  await withClient(superuserUrl, (client) =>
    client.query(
      `insert into access_log (organization_id, id, created_at, about, code, actor_kind, actor_id, request_id, address)
       select $1, gen_random_uuid(), now() - days * interval '1 day', 'old', 'FORBIDDEN', 'MEMBER', $2, 'r', null
       from unnest(array[89, 91, 400]) as days`,
      [ours.organizationId, id],
    ),
  );
  await expireAccessLog(api.database, ours.organizationId);
  const kept = await entries(ours);
  expect(kept.map(({ about }) => about).sort()).toEqual([ABOUT, "old"]);
});
