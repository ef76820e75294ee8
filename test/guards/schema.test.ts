import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { bankSchema } from "../../src/platform/exchange/json-schema";
import { schema } from "../../src/server";

const published = (of: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(of.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

const fieldsOf = (type: GraphQLNamedType): GraphQLField<unknown, unknown>[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

const connectionsOf = (of: GraphQLSchema): GraphQLObjectType[] =>
  published(of).filter((type): type is GraphQLObjectType => isObjectType(type) && type.name.endsWith("Connection"));

const signature = ({ name, type }: GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField): string =>
  `${name}: ${type}`;

/** Paths of everything that says nothing about itself. */
function silent(of: GraphQLSchema): string[] {
  const rootless = published(of).filter((type) => !isRoot(of, type));
  const parts = published(of).flatMap((type): [string, { description?: string | null | undefined }][] => {
    const fields = fieldsOf(type);
    const inner = isInputObjectType(type) ? Object.values(type.getFields()) : isEnumType(type) ? type.getValues() : [];
    return [
      ...[...fields, ...inner].map((part): [string, typeof part] => [`${type.name}.${part.name}`, part]),
      ...fields.flatMap(({ name, args }) =>
        args.map((arg): [string, GraphQLArgument] => [`${type.name}.${name}(${arg.name})`, arg]),
      ),
    ];
  });
  return [...rootless.map((type): [string, GraphQLNamedType] => [type.name, type]), ...parts]
    .filter(([, { description }]) => !description?.trim())
    .map(([path]) => path);
}

const isRoot = (of: GraphQLSchema, type: GraphQLNamedType): boolean =>
  type === of.getQueryType() || type === of.getMutationType();

/** Mutations that are not one `input` and a payload of `userErrors` and one nullable field. */
function oddMutations(of: GraphQLSchema): string[] {
  return Object.values(of.getMutationType()?.getFields() ?? {})
    .filter(({ name, args, type }) => {
      const payload = getNamedType(type);
      const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
      if (!(payload instanceof GraphQLObjectType) || `${type}` !== `${title}Payload!`) return true;
      const [object, ...more] = fieldsOf(payload).filter((field) => signature(field) !== "userErrors: [UserError!]!");
      const hasErrors = "userErrors" in payload.getFields() && fieldsOf(payload).length === 2;
      const answers = object && more.length === 0 && hasErrors && !`${object.type}`.endsWith("!");
      return !(answers && args.map(signature).join() === `input: ${title}Input!`);
    })
    .map(({ name }) => name);
}

/** Connection types without the four fields of a page. */
function oddConnections(of: GraphQLSchema): string[] {
  return connectionsOf(of)
    .filter((type) => {
      const node = type.name.replace(/Connection$/, "");
      const wanted = [`edges: [${node}Edge!]!`, `nodes: [${node}!]!`, "pageInfo: PageInfo!", "totalCount: Int!"];
      const edge = of.getType(`${node}Edge`);
      const edges = edge ? fieldsOf(edge).map(signature).sort() : [];
      return (
        fieldsOf(type).map(signature).sort().join() !== wanted.join() ||
        edges.join() !== ["cursor: String!", `node: ${node}!`].join()
      );
    })
    .map(({ name }) => name);
}

/** Fields that answer with a connection and do not take the four arguments of a page. */
function oddLists(of: GraphQLSchema): string[] {
  const wanted = ["after: String", "before: String", "first: Int", "last: Int"];
  return published(of).flatMap((type) =>
    fieldsOf(type)
      .filter((field) => getNamedType(field.type).name.endsWith("Connection"))
      .filter(({ args }) => wanted.some((each) => !args.map(signature).includes(each)))
      .map(({ name }) => `${type.name}.${name}`),
  );
}

test("schema/schema.graphql is what the code publishes", async () => {
  const committed = await readFile(join(__dirname, "..", "..", "schema", "schema.graphql"), "utf8");
  const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
  if (committed !== printed) {
    const [was, is] = [committed.split("\n"), printed.split("\n")];
    const line = is.findIndex((text, index) => text !== was[index]);
    throw new Error(
      `schema/schema.graphql is not what the code publishes, from line ${line + 1}:\n- ${was[line]}\n+ ${is[line]}\n` +
        "Run `npm run schema`, and read its diff as an attacker would.",
    );
  }
});

test("schema/bank.schema.json is the schema of the public format", async () => {
  const committed = await readFile(join(__dirname, "..", "..", "schema", "bank.schema.json"), "utf8");
  expect(committed).toBe(`${JSON.stringify(bankSchema(), null, 2)}\n`);
});

test("everything published says what it is", () => expect(silent(schema)).toEqual([]));

test("each mutation takes one input and answers with one object and user errors", () =>
  expect(oddMutations(schema)).toEqual([]));

test("each connection has edges, nodes, page info and a count", () => {
  expect(connectionsOf(schema).length).toBeGreaterThan(10);
  expect(oddConnections(schema)).toEqual([]);
});

test("each list can be paged in both directions", () => expect(oddLists(schema)).toEqual([]));

/** What the guards say of a schema that is wrong in each way. */
describe("the guards", () => {
  const wrong = buildSchema(`
    type Query {
      "Half described."
      skills(first: Int, last: Int, "Blank." after: String): SkillConnection!
    }
    "A page."
    type SkillConnection { nodes: [Skill]! totalCount: Int! }
    type Skill { "  " name: String! }
    enum Level { "Described." JUNIOR SENIOR }
    input CreateSkillInput { name: String! }
    type CreateSkillPayload { skill: Skill! userErrors: [UserError!]! }
    type RenameSkillPayload { skill: Skill userErrors: [UserError] }
    type MoveSkillPayload { skill: Skill userErrors: [UserError!]! other: Skill }
    type UserError { message: String! }
    type Mutation {
      createSkill(input: CreateSkillInput!): CreateSkillPayload!
      renameSkill(input: CreateSkillInput!): RenameSkillPayload!
      moveSkill(input: CreateSkillInput!): MoveSkillPayload!
      dropSkill(name: String!): Skill
    }
  `);

  test("hear of what says nothing", () => {
    expect(silent(wrong)).toEqual(
      expect.arrayContaining([
        "Skill",
        "Skill.name",
        "Level",
        "Level.SENIOR",
        "CreateSkillInput.name",
        "Query.skills(first)",
        "Mutation.dropSkill(name)",
      ]),
    );
    expect(silent(wrong)).not.toContain("Level.JUNIOR");
    expect(silent(wrong)).not.toContain("Query.skills(after)");
  });

  test("hear of odd mutations", () =>
    expect(oddMutations(wrong)).toEqual(["createSkill", "renameSkill", "moveSkill", "dropSkill"]));

  test("hear of odd connections and lists", () => {
    expect(oddConnections(wrong)).toEqual(["SkillConnection"]);
    expect(oddLists(wrong)).toEqual(["Query.skills"]);
  });
});
