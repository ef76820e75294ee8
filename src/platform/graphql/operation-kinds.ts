import { GraphQLError, type ValidationContext, type ValidationRule } from "graphql";

/** Refuses an operation of a kind that the schema lacks, which graphql-js finds out as late as in executing it. */
export const OperationKindRule: ValidationRule = (context: ValidationContext) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`There is no ${node.operation} here.`, { nodes: node }));
  },
});
