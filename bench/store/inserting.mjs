/** Tables whose rows nobody changes: they have neither a version nor a time of their last change. */
const WRITTEN_ONCE = /^(role_profile_versions|expectations|question_versions|rubric_versions|criteria|ratings)$/;

/** A statement that writes `from` into a table. `n` is the number of the row, in SQL. */
export function inserting({ id, at }, organizationSql) {
  return (table, noun, n, columns, from) => {
    const changing = WRITTEN_ONCE.test(table) ? {} : { version: "1", updated_at: at(noun, n) };
    const whole = {
      organization_id: organizationSql,
      id: id(noun, n),
      created_at: at(noun, n),
      ...changing,
      ...columns,
    };
    return `insert into ${table} (${Object.keys(whole)}) select ${Object.values(whole)} from ${from}`;
  };
}

export const series = (count, name = "n") => `generate_series(0, ${count - 1}) ${name}`;
