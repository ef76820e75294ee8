import type { Client } from "pg";
import type { EntityMetadata } from "typeorm";
import type { Application } from "../../src/candidates/application.entity";
import { Candidate } from "../../src/candidates/candidate.entity";
import { Tx } from "../../src/platform/db/tx";
import { IdempotentRequest } from "../../src/platform/idempotent-request.entity";
import { newId } from "../../src/platform/ids";
import type { About } from "../../src/platform/personal-data";
import { slices } from "../../src/slices";
import { WebhookAttempt, WebhookDelivery } from "../../src/webhooks/webhook-delivery.entity";
import { WebhookEndpoint } from "../../src/webhooks/webhook-endpoint.entity";
import { wholeCandidate } from "../candidates/whole-candidate";
import { type Company, company } from "../cast/company";
import { asking } from "../cast/questions";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(60_000);

/*
 * What the manifests declare about texts, against the tables; and an erasure, against every text of the database: a mark
 * is written into every column that is declared to be about a candidate, and looked for everywhere afterwards.
 */

let api: Api;
let own: Company;
let erased: Application;
let kept: Application;

beforeAll(async () => {
  api = await startApi();
  own = await asking(await company(api.database));
  erased = await wholeCandidate(own, "Anneliese");
  kept = await wholeCandidate(own, "Otto");
});

afterAll(() => api.close());

const entities = (): EntityMetadata[] => api.database.dataSource.entityMetadatas;

const TEXTUAL: readonly unknown[] = ["text", "varchar", "character varying", "jsonb", "json", "citext", String];

/** Properties of an entity that can hold text. */
const textsOf = ({ columns }: EntityMetadata): string[] =>
  columns.filter(({ type }) => TEXTUAL.includes(type)).map(({ propertyName }) => propertyName);

const declared = new Map<string, Readonly<Record<string, About>>>();
for (const { personalData } of slices)
  for (const [entity, columns] of Object.entries(personalData?.texts ?? {})) declared.set(entity, columns);

/** `Entity.column` of every column that is declared, or of those that are declared so. */
const listed = (about?: About): string[] =>
  [...declared].flatMap(([entity, columns]) =>
    Object.entries(columns).flatMap(([column, each]) => (about && each !== about ? [] : [`${entity}.${column}`])),
  );

describe("the manifests", () => {
  test("say of every column that can hold text whom it is about, and of no other", () => {
    const there = entities().flatMap((entity) => textsOf(entity).map((column) => `${entity.name}.${column}`));
    expect(there.length).toBeGreaterThan(100);
    expect(listed().sort()).toEqual(there.sort());
  });

  test("declare an entity once", () => {
    const names = slices.flatMap(({ personalData }) => Object.keys(personalData?.texts ?? {}));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("declare what each of them stores, identity the platform's too", () => {
    const strange = slices
      .filter(({ name }) => name !== "identity")
      .flatMap(({ idTypes, personalData }) =>
        Object.keys(personalData?.texts ?? {}).filter((entity) => !(entity in idTypes)),
      );
    expect(strange).toEqual([]);
  });
});

/** Tables without an entity: what migrations were run, the words of questions, jobs with ids, and which workers live. */
const WITHOUT_ENTITY = /^(public\.(migrations|question_search)|(graphile_worker|assay_jobs)\.\w+)$/;

interface TextColumn {
  table: string;
  column: string;
}

/** Every column of every table that can hold text, found in the catalogue. */
async function everyText(client: Client): Promise<TextColumn[]> {
  const { rows } = await client.query<TextColumn>(
    `select format('%I.%I', n.nspname, c.relname) as "table", format('%I', a.attname) as "column"
     from pg_attribute a
     join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
     join pg_namespace n on n.oid = c.relnamespace
     join pg_type t on t.oid = a.atttypid
     left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
     where a.attnum > 0 and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema')
       and coalesce(e.typname, t.typname) in ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'citext', 'name', 'bytea', 'tsvector')
     order by 1, 2`,
  );
  return rows;
}

test("a column that no entity has is in a table that is about nobody", async () => {
  const known = new Set(
    entities().flatMap((entity) =>
      entity.columns.map(({ databaseName }) => `public.${entity.tableName}.${databaseName}`),
    ),
  );
  const columns = await withClient(superuserUrl, everyText);
  const others = columns.filter(({ table, column }) => !known.has(`${table}.${column}`));
  // Hashes, by which an address is found.
  const tables = new Set(others.map(({ table }) => table).filter((table) => table !== "public.member_emails"));
  expect([...tables].filter((table) => !WITHOUT_ENTITY.test(table))).toEqual([]);
});

/** Ids of the rows that hang on a candidate, by entity: found by following the foreign keys down from it. */
async function hanging(client: Client, candidateId: string): Promise<Map<string, string[]>> {
  const found = new Map<string, Set<string>>([[Candidate.name, new Set([candidateId])]]);
  const waiting = [Candidate.name];
  while (waiting.length > 0) {
    const parent = waiting.shift()!;
    for (const entity of entities()) {
      for (const { referencedEntityMetadata, columnNames } of entity.foreignKeys) {
        if (referencedEntityMetadata.name !== parent) continue;
        const by = columnNames.find((name) => name !== "organization_id");
        const { rows } = await client.query<{ id: string }>(
          `select id from ${entity.tableName} where organization_id = $1 and ${by} = any($2)`,
          [own.organizationId, [...found.get(parent)!]],
        );
        const known = found.get(entity.name) ?? new Set();
        const fresh = rows.filter(({ id }) => !known.has(id));
        if (fresh.length === 0) continue;
        for (const { id } of fresh) known.add(id);
        found.set(entity.name, known);
        waiting.push(entity.name);
      }
    }
  }
  return new Map([...found].map(([name, ids]) => [name, [...ids]]));
}

/** What hangs on no foreign key: what receivers answered about one of the candidate's rows, and answers that are kept. */
async function farAway(objectId: string): Promise<Map<string, string[]>> {
  const ids = await own.as("admin").db.database.write(own.organizationId, async (runner) => {
    const tx = new Tx(own.as("admin"), api.database, runner);
    const endpoint = await tx.insert(WebhookEndpoint, {
      url: "https://example.org",
      description: "",
      eventTypes: [],
      state: "ENABLED",
      disabledReason: null,
      secret: "",
      formerSecret: null,
      formerUntil: null,
      createdById: own.people.admin.id,
      position: "0",
      failingSince: null,
      restsUntil: null,
    });
    const delivery = await tx.insert(WebhookDelivery, {
      endpointId: endpoint.id,
      position: null,
      type: "scorecard.submitted",
      objectId,
      body: "{}",
      state: "DELIVERED",
      attempts: 1,
      dueAt: null,
      leasedUntil: null,
      deliveredAt: tx.occasion.now,
    });
    const attempt = await tx.insert(WebhookAttempt, {
      deliveryId: delivery.id,
      number: 1,
      durationMilliseconds: 1,
      requestHeaders: "",
      responseStatus: 200,
      responseHeaders: "",
      responseBody: "",
      failure: null,
    });
    return { attempt: attempt.id };
  });
  return new Map([[WebhookAttempt.name, [ids.attempt]]]);
}

const key = () => newId("JournalEntry");

/** An answer that is kept, of anybody in the organisation. */
async function answered(client: Client): Promise<Map<string, string[]>> {
  const id = key();
  await client.query(
    `insert into idempotent_requests (organization_id, id, created_at, actor_id, key, request_hash, result, answer)
     values ($1, $2::uuid, now(), $3, $2::text, '', '{}', '')`,
    [own.organizationId, id, own.people.admin.id],
  );
  return new Map([[IdempotentRequest.name, [id]]]);
}

/** Writes the mark into every column about a candidate of these rows, and answers with the columns. */
async function marked(client: Client, rows: Map<string, string[]>, mark: string): Promise<string[]> {
  const written: string[] = [];
  for (const entity of entities()) {
    const ids = rows.get(entity.name) ?? [];
    const about = entity.columns.filter(
      ({ propertyName }) => declared.get(entity.name)?.[propertyName] === "CANDIDATE",
    );
    for (const { propertyName, databaseName, type } of about) {
      if (ids.length === 0) continue;
      const value =
        type === "jsonb" ? "jsonb_build_array(jsonb_build_object('text', $1 || id::text))" : "$1 || id::text";
      await client.query(
        `update ${entity.tableName} set ${databaseName} = ${value} where organization_id = $2 and id = any($3)`,
        [mark, own.organizationId, ids],
      );
      written.push(`${entity.name}.${propertyName}`);
    }
  }
  return written;
}

/** `table.column` -> number of rows with the mark; columns without are left out. */
async function found(client: Client, mark: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, column } of await everyText(client)) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from ${table} where ${column}::text like $1`,
      [`%${mark}%`],
    );
    if (rows[0]!.n > 0) counts[`${table}.${column}`] = rows[0]!.n;
  }
  return counts;
}

/** What tells readers that something is to be read again. */
const ANEW: Readonly<Record<string, readonly string[]>> = {
  Application: ["version", "updated_at"],
  InterviewSession: ["calendar_sequence"],
};

/** What statistics are made of: every column of the rows but the texts about the candidate and what erasing writes. */
async function numbersOf(client: Client, rows: Map<string, string[]>): Promise<unknown[]> {
  const STAYING = [
    "Application",
    "InterviewSession",
    "Scorecard",
    "Rating",
    "Standing",
    "Decision",
    "Dissent",
    "Panelist",
  ];
  const said: unknown[] = [];
  for (const name of STAYING) {
    const entity = entities().find((each) => each.name === name)!;
    const without = entity.columns
      .filter(({ propertyName }) => declared.get(name)?.[propertyName] === "CANDIDATE")
      .map(({ databaseName }) => databaseName);
    const { rows: left } = await client.query(
      `select to_jsonb(t) - $1::text[] as row from ${entity.tableName} t where organization_id = $2 and id = any($3) order by id`,
      [[...without, ...(ANEW[name] ?? [])], own.organizationId, rows.get(name)],
    );
    said.push([name, left]);
  }
  return said;
}

const ERASE = `mutation ($input: EraseCandidateInput!) { eraseCandidate(input: $input) {
  candidate { name email erasedAt } userErrors { code message } } }`;

test("an erasure leaves nothing that was written about the candidate, nowhere, and everything about others", async () => {
  const client = await withClient(superuserUrl, async (superuser) => {
    await superuser.query("set session_replication_role = replica");
    const rows = await hanging(superuser, erased.candidateId);
    const others = await hanging(superuser, kept.candidateId);
    const answers = await answered(superuser);
    const written = [
      ...(await marked(
        superuser,
        new Map([...rows, ...(await farAway(rows.get("Scorecard")![0]!)), ...answers]),
        "MARKED-ONE-",
      )),
      ...(await marked(
        superuser,
        new Map([...others, ...(await farAway(others.get("Scorecard")![0]!))]),
        "MARKED-TWO-",
      )),
    ];
    expect([...new Set(written)].sort()).toEqual(listed("CANDIDATE").sort());
    const before = { two: await found(superuser, "MARKED-TWO-"), numbers: await numbersOf(superuser, rows) };
    expect(Object.keys(await found(superuser, "MARKED-ONE-")).length).toBe(listed("CANDIDATE").length);

    const input = { id: erased.candidateId, version: 1 };
    const { eraseCandidate } = await api.ask(own.people.admin, ERASE, { input });
    expect(eraseCandidate.candidate).toEqual({
      name: "Erased candidate",
      email: null,
      erasedAt: expect.any(String),
    });
    return {
      one: await found(superuser, "MARKED-ONE-"),
      two: await found(superuser, "MARKED-TWO-"),
      numbers: await numbersOf(superuser, rows),
      before,
      named: await found(superuser, "Anneliese"),
    };
  });
  expect(client.one).toEqual({});
  expect(client.named).toEqual({});
  expect(client.two).toEqual(client.before.two);
  expect(client.numbers).toEqual(client.before.numbers);
});

describe("what is written once", () => {
  const asServer = (work: (tx: Tx) => Promise<unknown>) =>
    own
      .as("admin")
      .db.database.write(own.organizationId, (runner) => work(new Tx(own.as("admin"), api.database, runner)));
  const erasing = "select set_config('app.erasing', 'on', true)";
  const ofKept = (table: string) =>
    table === "schedule_changes"
      ? "session_id in (select s.id from interview_sessions s where s.application_id = $1)"
      : table === "dissents"
        ? "decision_id in (select d.id from decisions d where d.application_id = $1)"
        : "application_id = $1";
  const frozen = ["dissents", "schedule_changes", "decisions"];

  test.each([
    ["dissents", "reason = ''"],
    ["schedule_changes", "place = null, reason = null"],
    ["decisions", "rationale = '', departure_reason = null"],
  ])("in %s stays but where erasure says that it erases: %s", async (table, change) => {
    const text = `update ${table} set ${change} where ${ofKept(table)}`;
    await expect(asServer((tx) => tx.all(text, [kept.id]))).rejects.toThrow(/stays as it was written|is frozen/);
    await asServer(async (tx) => {
      await tx.all(erasing);
      await tx
        .apart(async () => {
          await tx.all(text, [kept.id]);
          throw new Error("as it was");
        })
        .catch(() => undefined);
    });
  });

  test.each(frozen.map((table) => [table]))("in %s stays in all else while erasure erases", async (table) => {
    const text = `update ${table} set created_at = created_at + interval '1 second' where ${ofKept(table)}`;
    await expect(
      asServer(async (tx) => {
        await tx.all(erasing);
        await tx.all(text, [kept.id]);
      }),
    ).rejects.toThrow("erasing clears its texts and nothing else");
  });

  test("is kept again in the transaction after an erasure", async () => {
    await asServer((tx) => tx.all(erasing));
    await expect(
      asServer((tx) => tx.all(`update dissents set reason = '' where ${ofKept("dissents")}`, [kept.id])),
    ).rejects.toThrow("stays as it was written");
  });
});
