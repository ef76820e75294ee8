import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { keepingOf } from "../../../src/platform/graphql/keeping";
import { schema } from "../../../src/server";
import { actorOf, type Stage, stage } from "../../cast/valid-inputs";
import { type Api, startApi } from "../../support/api";
import { superuserUrl } from "../../support/database";
import { everyRow, walledTables } from "../../support/rows";
import { keptUnder, loseAnswer, post } from "./keyed";
import { wholePayloadOf } from "./whole-payload";

jest.setTimeout(120_000);

/*
 * Every mutation of the schema, sent again under the same key: by whoever did not hear the answer, and after a crash that
 * lost it.
 */

let api: Api;
let own: Stage;
let superuser: Client;
let tables: string[];

beforeAll(async () => {
  api = await startApi();
  own = await stage(api);
  superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  // What leaves once more is written down once more; the keys are looked at by themselves; positions come when they come.
  const except = ["access_log", "idempotent_requests", "journal_backlog", "journal_positions"];
  tables = await walledTables(superuser, { except });
});

afterAll(async () => {
  await superuser.end();
  await api.close();
});

const mutations = Object.keys(schema.getMutationType()!.getFields());

test("secrets are marked where they are told", () => {
  const telling = mutations.filter((name) => keepingOf(schema, name) === "TOLD_ONCE");
  expect(telling.length).toBeGreaterThanOrEqual(6);
  expect(telling).toEqual(expect.arrayContaining(["createApiKey", "rotateApiKey", "createScoreLink"]));
});

/** A secret of ours has more than 40 letters without a break; ids and words have fewer. */
const SECRET = /[\w+/=-]{41,}/;

const told = (payload: unknown): unknown[] =>
  typeof payload === "object" && payload !== null ? Object.values(payload).flatMap(told) : [payload];

const hasSecret = (data: unknown): boolean => told(data).some((each) => SECRET.test(String(each)));

describe.each(mutations)("%s", (name) => {
  const send = async (key: string, input: object) =>
    post(api, own.company.people[actorOf(name)], key, { query: wholePayloadOf(name), variables: { input } });

  test("is done once under a key, and repeats get its answer", async () => {
    for (const make of own.valid[name]!) {
      const [key, input] = [randomUUID(), await make(actorOf(name))];
      const first = await send(key, input);
      expect(first).toMatchObject({ code: undefined, body: { data: { [name]: { userErrors: [] } } } });
      const written = () => everyRow(superuser, tables, [own.company.organizationId]);
      const before = await written();
      const [kept] = await keptUnder(key);
      expect(hasSecret([kept?.result, JSON.parse(kept?.answer ?? "null")])).toBe(false);
      const keeping = keepingOf(schema, name);
      if (keeping !== "READ_ANEW") expect(hasSecret(first.body.data)).toBe(keeping === "TOLD_ONCE");

      const again = await send(key, input);
      if (keeping === "TOLD_ONCE") expect(again).toMatchObject({ status: 410, code: "IDEMPOTENCY_ANSWER_GONE" });
      else if (keeping === "ANSWER" && kept) expect(again).toMatchObject({ replayed: true, text: first.text });
      else expect(again).toMatchObject({ code: undefined, replayed: false });
      expect(await written()).toEqual(before);

      await loseAnswer(key);
      const anew = await send(key, input);
      if (keeping === "ANSWER" && kept) expect(anew.body.data).toEqual(first.body.data);
      expect(await written()).toEqual(before);
    }
  });
});
