import { Client } from "pg";
import { createApiKey } from "../../src/identity/api-key.actions";
import { type Grant, MUTATIONS } from "../../src/identity/permission.rules";
import { SCOPES } from "../../src/identity/viewer.rules";
import { asEnteredBy, type CastKey } from "../cast/keys";
import { actorOf, documentOf, outcomeOf, type Stage, stage } from "../cast/valid-inputs";
import { type Api, startApi } from "../support/api";
import { superuserUrl } from "../support/database";
import { everyRow, walledTables } from "../support/rows";

jest.setTimeout(60_000);

let api: Api;
let own: Stage;
let superuser: Client;
let key: CastKey;

beforeAll(async () => {
  api = await startApi();
  own = await stage(api);
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  const input = { name: "Trying", environment: "TEST" as const, scopes: [...SCOPES] };
  const { secret, apiKey } = await createApiKey(own.company.as("admin"), input);
  key = { id: apiKey.id, secret };
});

afterAll(async () => {
  await superuser.end();
  await api.close();
});

const grants: Readonly<Record<string, Grant>> = MUTATIONS;
const forKeys = Object.keys(MUTATIONS).filter((name) => grants[name]!.scopes !== undefined);

test("there is something to rehearse", () => {
  expect(forKeys.length).toBeGreaterThanOrEqual(11);
});

test.each(forKeys)("%s is answered to a TEST key as if it were done, and nothing is", async (name) => {
  const tables = await walledTables(superuser, { except: ["access_log"] });
  for (const make of own.valid[name]!) {
    const input = await make(actorOf(name));
    if (grants[name] === grants.saveScorecard) await asEnteredBy(superuser, key.id, input);
    const written = () => everyRow(superuser, tables, [own.company.organizationId]);
    const before = await written();
    const answer = await api.send(key.secret, documentOf(name), { input });
    expect(outcomeOf(answer, name)).toMatchObject({ errors: undefined, payload: { userErrors: [] } });
    expect(await written()).toEqual(before);
    const again = await api.send(key.secret, documentOf(name), { input });
    expect(outcomeOf(again, name)).toMatchObject({ errors: undefined, payload: { userErrors: [] } });
  }
});
