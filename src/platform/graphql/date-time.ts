import { GraphQLScalarType } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";

/** An instant. Written as RFC 3339 in UTC; read with any offset, but never without one. */
export const DateTime = new GraphQLScalarType<Date, string>({
  ...GraphQLDateTimeISO.toConfig(),
  name: "DateTime",
  description: "An instant, as in RFC 3339: answered in UTC, taken with any offset but never without one.",
});
