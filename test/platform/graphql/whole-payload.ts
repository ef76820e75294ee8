import { type GraphQLNamedType, getNamedType, isCompositeType, isLeafType, isObjectType, isUnionType } from "graphql";
import { schema } from "../../../src/server";

/** Nests of values in a payload. */
const DEEPEST = 5;

/** Everything that a mutation answers with of its own, secrets too; of nouns their ids. */
export function wholePayloadOf(mutation: string): string {
  const field = schema.getMutationType()!.getFields()[mutation]!;
  const selection = selectionOf(getNamedType(field.type), DEEPEST);
  return `mutation ($input: ${field.args[0]!.type}) { ${mutation}(input: $input) ${selection} }`;
}

const isNoun = (type: GraphQLNamedType): boolean =>
  type.name === "Node" || ("getInterfaces" in type && type.getInterfaces().some(({ name }) => name === "Node"));

function selectionOf(type: GraphQLNamedType, levels: number): string {
  if (isLeafType(type)) return "";
  if (isNoun(type)) return "{ id }";
  if (isUnionType(type)) {
    const parts = type.getTypes().map((each) => `... on ${each.name} ${selectionOf(each, levels)}`);
    return `{ __typename ${parts.join(" ")} }`;
  }
  if (!isObjectType(type) || levels === 0) return "{ __typename }";
  const fields = Object.values(type.getFields()).filter(({ args }) => args.length === 0);
  const told = fields.map(({ name, type: of }) => {
    const named = getNamedType(of);
    return isCompositeType(named) ? `${name} ${selectionOf(named, levels - 1)}` : name;
  });
  return `{ ${told.join(" ")} }`;
}
