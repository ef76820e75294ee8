/** What the hand-written systems read: columns under the names that the schema has, and rows by batches. */

const TABLES = {
  Application: ["applications", "id candidateId jobId status"],
  Candidate: ["candidates", "id name email"],
  Criterion: ["criteria", "id name skillId"],
  InterviewSession: ["interview_sessions", "id applicationId startsAt endsAt state feedbackOwed place"],
  Job: ["jobs", "id title"],
  Member: ["members", "id name"],
  Panelist: ["panelists", "id sessionId memberId seat"],
  Question: ["questions", "id externalKey createdAt version"],
  QuestionVersion: ["question_versions", "id questionId number state kind title stem level difficulty minutes"],
  Rating: ["ratings", "id scorecardId criterionId value outcome evidence"],
  Scorecard: ["scorecards", "id sessionId interviewerId state version recommendation submittedAt"],
  Skill: ["skills", "id name"],
  Standing: [
    "standings",
    "id applicationId score coverage probabilityAbovePass intervalLower intervalUpper borderline band recommendation raterCount",
  ],
};

const column = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const STATEMENTS = new Map(
  Object.entries(TABLES).map(([type, [table, names]]) => {
    const columns = names.split(" ").map((name) => (/[A-Z]/.test(name) ? `${column(name)} as "${name}"` : name));
    return [type, `select ${columns.join(", ")} from ${table}`];
  }),
);

export const selectOf = (type) => STATEMENTS.get(type);

/** The rows with these ids, in their order; null for each that is not there. */
export async function byIds(reads, type, ids) {
  const rows = await reads.rows(`${selectOf(type)} where id = any($1)`, [[...new Set(ids)]]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}

/** The rows that belong to each of these parents, in the order of their making. */
export async function childrenOf(reads, type, by, parents) {
  const rows = await reads.rows(`${selectOf(type)} where ${column(by)} = any($1) order by id`, [parents]);
  const groups = new Map(parents.map((parent) => [parent, []]));
  for (const row of rows) groups.get(row[by]).push(row);
  return parents.map((parent) => groups.get(parent));
}

/** Scorecards that count, of each of these sessions. */
export async function scorecardsOf(reads, sessions) {
  const text = `${selectOf("Scorecard")} where session_id = any($1) and state in ('SUBMITTED', 'AMENDED') order by id`;
  const groups = new Map(sessions.map((id) => [id, []]));
  for (const row of await reads.rows(text, [sessions])) groups.get(row.sessionId).push(row);
  return sessions.map((id) => groups.get(id));
}

/** Of each of these questions the READY version, or else the newest. */
export async function currentOf(reads, questions) {
  const text = `select distinct on (question_id) ${selectOf("QuestionVersion").slice("select ".length)}
    where question_id = any($1) order by question_id, state = 'READY' desc, number desc`;
  const found = new Map((await reads.rows(text, [questions])).map((row) => [row.questionId, row]));
  return questions.map((id) => found.get(id));
}

const cursorOf = ({ id }) => Buffer.from(JSON.stringify([id])).toString("base64url");
const idIn = (after) => JSON.parse(Buffer.from(after, "base64url").toString())[0];

/** A page of all rows of a type, newest first. */
export async function pageOf(reads, type, { first, after }) {
  const bound = after ? "where id < $2" : "";
  const values = after ? [first + 1, idIn(after)] : [first + 1];
  const rows = await reads.rows(`${selectOf(type)} ${bound} order by id desc limit $1`, values);
  const nodes = rows.slice(0, first);
  return {
    type,
    nodes,
    edges: nodes.map((node) => ({ cursor: cursorOf(node), node })),
    pageInfo: { hasNextPage: rows.length > first, endCursor: nodes.length > 0 ? cursorOf(nodes.at(-1)) : null },
  };
}

export async function countOf(reads, type) {
  const [{ n }] = await reads.rows(`select count(*)::int as n from ${TABLES[type][0]}`, []);
  return n;
}

/** The best of a job. */
export const standingsOf = (reads, jobId, first) =>
  reads.rows(`${selectOf("Standing")} where job_id = $1 order by coalesce(score, -1) desc, id desc limit $2`, [
    jobId,
    first,
  ]);

/** Digits of an id that tell its type. */
const TYPES = { "041": "Job", "042": "Application", "052": "InterviewSession" };

/** Any row by its id, with the name of its type. */
export async function nodeOf(reads, id) {
  const type = TYPES[id.slice(15, 18)];
  if (!type) return null;
  const [row] = await byIds(reads, type, [id]);
  return row && { ...row, __typename: type };
}
