import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type GraphQLEnumType, isInterfaceType, isObjectType } from "graphql";
import type { EntityMetadata } from "typeorm";
import type { Class } from "../../src/platform/class";
import type { Database } from "../../src/platform/db/database";
import type { Relation } from "../../src/platform/db/nouns";
import { platformRefusals, topLevelCodes } from "../../src/platform/errors";
import { newId, typeOfId } from "../../src/platform/ids";
import { entitiesOf, linksOf, nounsOf, relationsOf } from "../../src/platform/slice";
import { schema } from "../../src/server";
import { slices } from "../../src/slices";
import { openTestDatabase } from "../support/database";

jest.setTimeout(60_000);

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

const nouns = nounsOf(slices).map(({ entity }) => entity);
/** What is stored but not published: it says only which two nouns belong together. */
const links = linksOf(slices);
/** What no relation may lead to. */
const unpublished = slices.flatMap(({ declared }) =>
  Object.values(declared).flatMap((each) => ("unpublished" in each ? [each.unpublished] : [])),
);
const rows = [...nouns, ...links];
const stored = entitiesOf(slices);
/** Nouns whose rows the platform writes and numbers; a slice publishes them. */
const OF_PLATFORM = ["AccessEntry", "IdempotentRequest", "JournalEntry", "SetAsideJob"];
const isOfSlice = (name: string): boolean => !OF_PLATFORM.includes(name);
const relations = relationsOf(slices);
const metadataOf = (entity: Class): EntityMetadata => database.dataSource.getMetadata(entity as never);

interface Key {
  key: string;
  to: string;
}

/** `<entity>.<property>` of each foreign key that a relation follows, and where it must lead. */
function keysOf({ kind, parent, target, by, link }: Relation): Key[] {
  if (link) {
    const { name } = link.entity;
    return [
      { key: `${name}.${link.from}`, to: parent.name },
      { key: `${name}.${link.to}`, to: target.name },
    ];
  }
  const [owner, to] = kind === "one" ? [parent, target] : [target, parent];
  return [{ key: `${owner.name}.${by}`, to: to.name }];
}

const follows = (relation: Relation, { key, to }: Key): boolean =>
  keysOf(relation).some((each) => each.key === key && each.to === to);

/** Every foreign key of what is stored: the property beside the organisation, and the entity that it leads to. */
function foreignKeys(): { key: string; to: string; columns: string[]; referenced: string[] }[] {
  return rows.flatMap((entity) =>
    metadataOf(entity).foreignKeys.map(({ columns, referencedColumns, referencedEntityMetadata }) => ({
      key: `${entity.name}.${columns.at(-1)!.propertyName}`,
      to: referencedEntityMetadata.name,
      columns: columns.map(({ propertyName }) => propertyName),
      referenced: referencedColumns.map(({ propertyName }) => propertyName),
    })),
  );
}

/** Foreign keys that no relation follows. */
const undeclared = (declared: readonly Relation[]): string[] =>
  foreignKeys()
    .filter((key) => !declared.some((each) => follows(each, key)))
    .map(({ key }) => key);

describe("relations", () => {
  test("declare every foreign key, in one direction at least", () => {
    expect(foreignKeys().length).toBeGreaterThan(20);
    expect(undeclared(relations)).toEqual([]);
  });

  test("lead to nothing that is not published", () => {
    const leading = relations.filter(({ parent, target }) =>
      [parent, target].some((each) => unpublished.includes(each)),
    );
    expect(unpublished.length).toBeGreaterThan(0);
    expect(leading.map(({ parent, field }) => `${parent.name}.${field}`)).toEqual([]);
  });

  test("one that is missing is heard of", () => {
    const without = relations.filter((each) => keysOf(each).every(({ key }) => key !== "Rating.criterionId"));
    expect(undeclared(without)).toEqual(["Rating.criterionId"]);
  });

  test("every foreign key leads from the organisation and a property to the organisation and the id", () => {
    const odd = foreignKeys().filter(
      ({ columns, referenced }) =>
        columns.length !== 2 || columns[0] !== "organizationId" || referenced.join() !== "organizationId,id",
    );
    expect(odd).toEqual([]);
  });

  test.each(relations.map((each) => [`${each.parent.name}.${each.field}`, each] as const))(
    "%s follows a foreign key to its other end",
    (_, relation) => {
      const known = foreignKeys().map(({ key, to }) => `${key} > ${to}`);
      for (const { key, to } of keysOf(relation)) expect(known).toContain(`${key} > ${to}`);
    },
  );

  test.each(
    relations
      .filter(({ kind, always }) => kind === "one" && always)
      .map((each) => [keysOf(each)[0]!.key, each] as const),
  )("%s is always there, so its column is never null", (_, { parent, by }) => {
    expect(metadataOf(parent).findColumnWithPropertyName(by)?.isNullable).toBe(false);
  });

  test("every field is declared once", () => {
    const fields = relations.map(({ parent, field }) => `${parent.name}.${field}`);
    expect(fields.filter((each, index) => fields.indexOf(each) !== index)).toEqual([]);
  });

  test("every entity but what the journal keeps for itself is a noun or a link, once", () => {
    const entities = database.dataSource.entityMetadatas
      .map(({ name }) => name)
      .filter((name) => !/^Journal(Position|Cursor)$/.test(name));
    expect(stored.map(({ name }) => name).sort()).toEqual(entities.sort());
  });
});

describe("nouns", () => {
  test.each(nouns.map((entity) => [entity.name, entity] as const))("%s has a published type and a number", (name) => {
    const type = schema.getType(name);
    const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().map((each) => each.name) : [];
    expect(interfaces).toContain("Node");
    expect(typeOfId(newId(name))).toBe(name);
  });

  test("type numbers are unique, small, and belong to nouns", () => {
    const numbered = slices.flatMap(({ idTypes }) => Object.entries(idTypes));
    const numbers = numbered.map(([, number]) => number);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
    expect(numbers.filter((number) => number < 0x010 || number > 0xfff)).toEqual([]);
    const names = stored.map(({ name }) => name).filter(isOfSlice);
    expect(numbered.map(([name]) => name).sort()).toEqual(names.sort());
  });

  test("each slice numbers its own nouns", () => {
    for (const { name, idTypes, declared } of slices) {
      const own = Object.values(declared).flatMap((each) => {
        if ("entity" in each) return [each.entity.name];
        if ("unpublished" in each) return [each.unpublished.name];
        return "link" in each && each.link ? [each.link.entity.name] : [];
      });
      expect([name, Object.keys(idTypes).sort()]).toEqual([name, own.filter(isOfSlice).sort()]);
    }
  });
});

interface Source {
  path: string;
  text: string;
}

async function sources(): Promise<Source[]> {
  const directory = join(__dirname, "..", "..", "src");
  const paths = (await readdir(directory, { recursive: true })).filter((path) => path.endsWith(".ts"));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(directory, path), "utf8") })));
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);

const announced = (text: string): string[] => matches(text, /\bannounce(?:All)?\(\s*tx,\s*"([^"]+)"/g);
/** Calls, without the declaration. */
const announcements = (text: string): number => matches(text, /(?<!function )\b(announce(?:All)?)\(/g).length;

describe("events", () => {
  const listed = slices.flatMap(({ events }) => events);

  test("what is announced is listed, and what is listed is announced", async () => {
    const texts = (await sources()).map(({ text }) => text);
    expect([...new Set(texts.flatMap(announced))].sort()).toEqual([...listed].sort());
  });

  test("every announcement names its type in full, so that it can be found", async () => {
    const unclear = (await sources())
      .filter(({ path }) => path !== join("platform", "journal", "announce.ts"))
      .filter(({ text }) => announcements(text) !== announced(text).length);
    expect(unclear.map(({ path }) => path)).toEqual([]);
  });

  test("types are `<noun>.<what happened>`, and belong to one slice", () => {
    expect(listed.filter((type) => !/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(type))).toEqual([]);
    expect(listed.filter((type, index) => listed.indexOf(type) !== index)).toEqual([]);
  });

  test("listeners hear types that a slice lists, under names of their own", () => {
    const heard = slices.flatMap(({ on = {} }) => Object.keys(on));
    expect(heard.filter((type) => !listed.includes(type))).toEqual([]);
  });

  test.each([
    ['await announce(tx, "a.b", row);', ["a.b"], 1],
    ['await announce(\n  tx,\n  "a.b",\n  row);', ["a.b"], 1],
    ["await announce(tx, type, row);", [], 1],
    ["export async function announce(", [], 0],
  ])("%j announces %j", (text, types, calls) => {
    expect([announced(text), announcements(text)]).toEqual([types, calls]);
  });
});

/** Codes of refusals: of `refuse` and its like, of faults under construction, and of checks of input fields. */
const CODE = /\b(?:refuse|fault|at|checked|failed|new IdempotencyRefusal)\(\s*"([A-Z][A-Z_]+)"/g;
const FAULT_CODE = /\bcode: "([A-Z][A-Z_]+)"/g;

/** A file that writes faults of the API; others have codes of their own, such as those of GIFT. */
const writesFaults = (text: string): boolean =>
  /import (?:type )?\{[^}]*\bFault\b[^}]*\} from "[^"]*\/(platform\/)?errors"/.test(text);

const refused = (text: string): string[] => [
  ...matches(text, CODE),
  ...(writesFaults(text) ? matches(text, FAULT_CODE) : []),
];

describe("refusals", () => {
  const ofSlices = slices.flatMap(({ refusals }) => Object.keys(refusals));
  const listed = [...ofSlices, ...Object.keys(platformRefusals), ...topLevelCodes];

  test("what is refused is listed, and what is listed is refused", async () => {
    const texts = (await sources()).map(({ text }) => text);
    expect([...new Set(texts.flatMap(refused))].sort()).toEqual([...listed].sort());
  });

  test("a code is listed once", () => {
    expect(listed.filter((code, index) => listed.indexOf(code) !== index)).toEqual([]);
  });

  test("UserErrorCode publishes what can be mended, and nothing else", () => {
    const published = (schema.getType("UserErrorCode") as GraphQLEnumType).getValues().map(({ name }) => name);
    expect(published.sort()).toEqual([...ofSlices, ...Object.keys(platformRefusals)].sort());
  });

  test("a slice uses its own codes and the platform's", async () => {
    const strange = (await sources()).flatMap(({ path, text }) => {
      const slice = slices.find(({ name }) => path.startsWith(`${name}/`));
      const known = [...Object.keys(slice?.refusals ?? {}), ...Object.keys(platformRefusals), ...topLevelCodes];
      return slice
        ? refused(text)
            .filter((code) => !known.includes(code))
            .map((code) => `${path}: ${code}`)
        : [];
    });
    expect(strange).toEqual([]);
  });

  test("`@throws Refusal` names codes that are listed", async () => {
    const told = (await sources()).flatMap(({ path, text }) =>
      matches(text, /@throws Refusal ([A-Z_]+(?:[ *\n]*\|[ *\n]*[A-Z_]+)*)/g).flatMap((codes) =>
        matches(codes, /([A-Z_]+)/g).map((code) => ({ path, code })),
      ),
    );
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter(({ code }) => !listed.includes(code))).toEqual([]);
  });

  test.each([
    ['refuse("A_B", "text")', ["A_B"]],
    ['refuse(\n  "A_B",\n  "text")', ["A_B"]],
    ['import type { Fault } from "../platform/errors";\nconst fault = { code: "A_B" };', ["A_B"]],
    ['return { code: "GIFT_OWN", offset };', []],
  ])("%j refuses %j", (text, codes) => expect(refused(text)).toEqual(codes));
});

describe("conflicts", () => {
  test("name unique constraints or indexes that are there", async () => {
    const rows = await database.ask<{ name: string }>(
      `select relname as name from pg_class join pg_index on indexrelid = pg_class.oid
       where indisunique and relnamespace = 'public'::regnamespace`,
    );
    const named = slices.flatMap(({ conflicts = {} }) => Object.keys(conflicts));
    expect(named.filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });
});
