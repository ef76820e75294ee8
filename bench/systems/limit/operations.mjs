import { stateAtSql } from "../../../dist/src/interviews/interview-session.rules.js";
import { newId, registerIdTypes } from "../../../dist/src/platform/ids.js";
import { QUERIES } from "../../queries.mjs";
import { cursor, id, instant, list, maybe, object, text, word } from "./json.mjs";
import { EVIDENCE, scoreText } from "./score.mjs";
import { SUBMIT } from "./submit.mjs";

registerIdTypes({ JournalEntry: 0x001 });

const state = word(stateAtSql("s", "now()"));

const PERSON = object({ id: id("m.id"), name: text("m.name") });

const DASHBOARD = `
with found as materialized (
  select * from interview_sessions where id < $1 order by organization_id desc, id desc limit 51
), page as materialized (select * from found order by id desc limit 50
), cards as materialized (
  select * from scorecards where session_id = any(array(select id from page)) and state in ('SUBMITTED', 'AMENDED')
), scales as materialized (
  select c.id, ${object({ id: id("c.id"), name: text("c.name"), skill: object({ id: id("k.id"), name: text("k.name") }) })} as json
  from criteria c join skills k on k.id = c.skill_id
), rated as (
  select r.scorecard_id, string_agg(${object({
    id: id("r.id"),
    value: maybe("r.value"),
    outcome: word("r.outcome"),
    evidence: text("r.evidence"),
    criterion: "c.json",
  })}, ',' order by r.id) as json
  from ratings r join scales c on c.id = r.criterion_id
  where r.scorecard_id = any(array(select id from cards)) group by 1
), carded as (
  select c.session_id, string_agg(${object({
    id: id("c.id"),
    recommendation: maybe("c.recommendation", word("c.recommendation")),
    submittedAt: instant("c.submitted_at"),
    interviewer: PERSON,
    ratings: list("r.json"),
  })}, ',' order by c.id) as json
  from cards c join members m on m.id = c.interviewer_id left join rated r on r.scorecard_id = c.id group by 1
), seated as (
  select p.session_id, string_agg(${object({ id: id("p.id"), seat: word("p.seat"), member: PERSON })}, ',' order by p.id) as json
  from panelists p join members m on m.id = p.member_id
  where p.session_id = any(array(select id from page)) group by 1
)
select ${object({
  interviewSessions: object({
    edges: list(`(select string_agg(${object({
      cursor: `'"' || ${cursor("s.id")} || '"'`,
      node: object({
        id: id("s.id"),
        startsAt: instant("s.starts_at"),
        state,
        place: maybe("s.place", "to_json(s.place)"),
        application: object({
          id: id("a.id"),
          candidate: object({ id: id("d.id"), name: text("d.name"), email: maybe("d.email", "to_json(d.email)") }),
          job: object({ id: id("j.id"), title: text("j.title") }),
        }),
        panel: list("p.json"),
        scorecards: list("c.json"),
      }),
    })}, ',' order by s.id desc) from page s
      join applications a on a.id = s.application_id join candidates d on d.id = a.candidate_id join jobs j on j.id = a.job_id
      left join seated p on p.session_id = s.id left join carded c on c.session_id = s.id)`),
    pageInfo: object({
      hasNextPage: "((select count(*) from found) > 50)",
      endCursor: `coalesce('"' || (select ${cursor("id")} from page order by id limit 1) || '"', 'null')`,
    }),
  }),
})} as answer`;

const SESSION = `
select ${object({
  node: object({
    id: id("s.id"),
    startsAt: instant("s.starts_at"),
    state,
    application: object({
      id: id("a.id"),
      candidate: object({ name: text("d.name") }),
      job: object({ title: text("j.title") }),
    }),
    panel:
      list(`(select string_agg(${object({ seat: word("p.seat"), member: object({ name: text("m.name") }) })}, ',' order by p.id)
      from panelists p join members m on m.id = p.member_id where p.session_id = s.id)`),
  }),
})} as answer
from interview_sessions s
join applications a on a.id = s.application_id join candidates d on d.id = a.candidate_id join jobs j on j.id = a.job_id
where s.id = $1`;

const questions = (fields, join = "") => `
select ${object({
  questions: object({
    nodes: list(`(select string_agg(${object(fields)}, ',' order by q.id desc) from (
      select * from questions order by organization_id desc, id desc limit 100) q ${join})`),
    totalCount: "(select count(*) from questions)",
  }),
})} as answer`;

const QUESTION = {
  id: id("q.id"),
  externalKey: maybe("q.external_key", "to_json(q.external_key)"),
  createdAt: instant("q.created_at"),
};

const CURRENT = object({
  id: id("v.id"),
  number: "v.number",
  state: word("v.state"),
  kind: word("v.kind"),
  title: maybe("v.title", "to_json(v.title)"),
  stem: text("v.stem"),
  level: maybe("v.level", word("v.level")),
  difficulty: maybe("v.difficulty"),
  minutes: maybe("v.minutes"),
});

/** The READY version, or else the newest. */
const CURRENT_FIRST = `cross join lateral (select * from question_versions v where v.question_id = q.id
  order by v.state = 'READY' desc, v.number desc limit 1) v`;

const byId = ({ id: given }) => [given];
/** Sorts after every id. */
const BEYOND = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const idIn = (after) => JSON.parse(Buffer.from(after, "base64url").toString())[0];

const STANDINGS = `
select ${object({
  node: object({
    id: id("j.id"),
    title: text("j.title"),
    standings: object({
      nodes: list(`(select string_agg(${object({
        id: id("s.id"),
        score: maybe("s.score"),
        coverage: maybe("s.coverage"),
        probabilityAbovePass: maybe("s.probability_above_pass"),
        intervalLower: maybe("s.interval_lower"),
        intervalUpper: maybe("s.interval_upper"),
        borderline: maybe("s.borderline"),
        band: maybe("s.band", "to_json(s.band)"),
        recommendation: word("s.recommendation"),
        raterCount: "s.rater_count",
        application: object({ id: id("a.id"), candidate: object({ id: id("d.id"), name: text("d.name") }) }),
      })}, ',' order by coalesce(s.score, -1) desc, s.id desc)
        from (select * from standings s where s.job_id = j.id order by coalesce(s.score, -1) desc, s.id desc limit 50) s
        join applications a on a.id = s.application_id join candidates d on d.id = a.candidate_id)`),
    }),
  }),
})} as answer
from jobs j where j.id = $1`;

const operations = {
  Q1: { text: DASHBOARD, valuesOf: ({ after }) => [after ? idIn(after) : BEYOND] },
  Q2: { text: SESSION, valuesOf: byId },
  Q3: { text: questions({ ...QUESTION, version: "q.version" }), valuesOf: () => [] },
  Q4: { text: EVIDENCE, valuesOf: byId, finished: scoreText },
  Q5: { text: STANDINGS, valuesOf: byId },
  M1: {
    text: SUBMIT,
    valuesOf: ({ input }, email) => [input.id, input.version, email, newId("JournalEntry"), new Date()],
    writes: true,
  },
  Q3v: { text: questions({ ...QUESTION, current: CURRENT }, CURRENT_FIRST), valuesOf: () => [] },
};

/** By the text that is asked, as one would keep operations that are known beforehand. */
export const OPERATIONS = new Map(
  Object.entries(operations).map(([name, { text: sql, ...how }]) => [
    QUERIES[name].text,
    { statement: { name, text: sql }, ...how },
  ]),
);
