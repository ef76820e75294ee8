/** How values of columns are written as JSON, letter by letter as JavaScript writes them. Null in SQL: it would write otherwise. */

/** SQL that writes the value of another SQL expression. */
export type WrittenForm = (sql: string) => string;

const bare: WrittenForm = (sql) => `${sql}::text`;
const quoted: WrittenForm = (sql) => `'"' || ${sql} || '"'`;
const escaped: WrittenForm = (sql) => `to_json(${sql})::text`;
const instant: WrittenForm = (sql) =>
  `'"' || to_char(${sql} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'`;

/** Beyond these bounds one of the two writes an exponent. */
const real: WrittenForm = (sql) =>
  `case when ${sql} = 0 then '0' when abs(${sql}) >= 1e-4 and abs(${sql}) < 1e15 then ${sql}::text end`;

/** One of the words; what is none of them is not written. */
const word =
  (words: readonly string[]): WrittenForm =>
  (sql) =>
    `case when ${sql} in (${words.map((each) => `'${each}'`).join(", ")}) then ${quoted(sql)} end`;

/** GraphQL type -> SQL type of the column -> form. */
const forms: Readonly<Record<string, Readonly<Record<string, WrittenForm>>>> = {
  ID: { uuid: quoted },
  String: { text: escaped, citext: escaped, "character varying": escaped, varchar: escaped },
  Int: { integer: bare, int: bare, smallint: bare },
  Float: { integer: bare, int: bare, smallint: bare, "double precision": real, float8: real },
  Boolean: { boolean: bare, bool: bare },
  DateTime: { timestamptz: instant, "timestamp with time zone": instant },
  "[String!]": { "text[]": escaped },
};

const TEXTS: ReadonlySet<string> = new Set(["text", "character varying", "varchar"]);

const wordIn = (words: readonly string[], sqlType: string): WrittenForm | undefined =>
  TEXTS.has(sqlType) ? word(words) : undefined;

/** What is published: the name of a GraphQL type, or the values of an enum. */
export type PublishedValue = string | readonly string[];

/** Undefined where SQL is not known to write such a value as it is answered. */
export function formOf(published: PublishedValue, sqlType: string, nullable: boolean): WrittenForm | undefined {
  const form = typeof published === "string" ? forms[published]?.[sqlType] : wordIn(published, sqlType);
  return form && nullable ? (sql) => `case when ${sql} is null then 'null' else ${form(sql)} end` : form;
}
