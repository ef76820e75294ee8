/** SQL that writes JSON as text, which is less work for PostgreSQL than to build it. */

export const object = (fields) =>
  `'{${Object.entries(fields)
    .map(([name, sql]) => `"${name}":' || ${sql} || '`)
    .join(",")}}'`;

export const id = (sql) => `'"' || ${sql} || '"'`;
export const text = (sql) => `to_json(${sql})`;
export const maybe = (sql, written = sql) => `coalesce(${written}::text, 'null')`;
export const word = (sql) => `'"' || ${sql} || '"'`;
export const list = (sql) => `'[' || coalesce(${sql}, '') || ']'`;
const iso = (sql) => `to_char(${sql} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
export const instant = (sql) => `coalesce('"' || ${iso(sql)} || '"', 'null')`;
export const cursor = (sql) =>
  `translate(encode(convert_to('["' || ${sql} || '"]', 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
