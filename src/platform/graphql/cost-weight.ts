import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
} from "graphql";

type Field = GraphQLField<unknown, unknown>;

/** Rows that a list without pages is taken to have: panels, criteria and ratings have about as many. */
const ASSUMED_ROWS = 5;

/** Of reading the schema itself, whatever is asked of it. */
export const INTROSPECTION_COST = 100;

/** Of each field by its kind, where the schema says nothing else. */
const WEIGHTS = { leaf: 0, object: 1, mutation: 10 } as const;

/** The `complexity` that the schema keeps with the field, or that of its kind. In cost units, without what is selected below. */
export function weightOf(field: Field, isMutation: boolean): number {
  const { complexity } = field.extensions as { complexity?: number };
  if (complexity !== undefined) return complexity;
  if (isMutation) return WEIGHTS.mutation;
  return isLeafType(getNamedType(field.type)) ? WEIGHTS.leaf : WEIGHTS.object;
}

const takes = (name: string, { args }: Field): boolean => args.some((arg) => arg.name === name);

/** Whether `first` and `last` say how many rows it has. */
export const isPaged = (field: Field): boolean => takes("first", field);

/** Whether it does its work once for each of its `ids`. */
export const isSizedByIds = (field: Field): boolean => takes("ids", field);

/** Whether it is a list of objects that nothing sizes. */
export const isOpenList = ({ type }: Field): boolean =>
  isListType(getNullableType(type)) && !isLeafType(getNamedType(type));

const isPage = (type: GraphQLNamedType): boolean => isObjectType(type) && "pageInfo" in type.getFields();

/** Rows of a list that nothing sizes: as many as the schema says, or what lists usually have. */
export const assumedRows = ({ extensions }: Field): number => (extensions as { rows?: number }).rows ?? ASSUMED_ROWS;

/** Whether the field of a page holds its rows: `nodes` and `edges`. */
export const isRows = (parent: GraphQLNamedType, field: Field): boolean => isPage(parent) && isOpenList(field);
