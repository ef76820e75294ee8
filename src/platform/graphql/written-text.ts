import { GraphQLScalarType } from "graphql";

/** A part of an answer, as JSON. */
export class WrittenText {
  constructor(readonly text: string) {}
}

/** The type of fields that are answered with a `WrittenText`. Never published. */
export const Written = new GraphQLScalarType({ name: "Written", serialize: (value) => value });

const json = (value: unknown): string => (value instanceof WrittenText ? value.text : JSON.stringify(value));

/** The JSON of an object of which some values are written already. */
export const jsonOf = (object: object): string =>
  `{${Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}:${json(value)}`)
    .join()}}`;
