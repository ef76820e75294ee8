import { type Pool, type PoolClient, types } from "pg";
import type { DataSource } from "typeorm";
import { CARRIER } from "./carried-query";

const TIMESTAMPTZ = 1184;
/** For a connection, when all are lent. */
const LONGEST_WAIT_MILLISECONDS = 30_000;

/** An instant as PostgreSQL writes it in UTC, which V8 reads ten times faster than pg does; the rest is left to pg. */
const instantOf = (text: string): Date =>
  text.endsWith("+00") && text[4] === "-" ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : parsedByPg(text);

const parsedByPg: (text: string) => Date = types.getTypeParser(TIMESTAMPTZ);

const parserOf: typeof types.getTypeParser = (oid: number, format?: string) =>
  oid === TIMESTAMPTZ && format !== "binary" ? instantOf : types.getTypeParser(oid, format as "text");

/** For pg-pool. Its hook runs before a connection is lent: it must know the carrier. */
export const poolOptions = (size: number, statementNames: boolean, { name, text, sample } = CARRIER) => ({
  max: size,
  connectionTimeoutMillis: LONGEST_WAIT_MILLISECONDS,
  types: { getTypeParser: parserOf },
  onConnect: async (client: PoolClient) => {
    if (statementNames) await client.query({ name, text, values: [...sample] });
  },
});

/** The pool of an initialised data source. */
export const poolOf = ({ driver }: DataSource): Pool => (driver as unknown as { master: Pool }).master;
