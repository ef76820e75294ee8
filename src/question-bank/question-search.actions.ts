import type { Ctx } from "../identity/viewer.type";
import type { Bind } from "../platform/db/nouns";
import type { Order } from "../platform/db/order";
import { type Choice, chosen } from "../platform/db/pages";
import { binding } from "../platform/db/reader";
import { anyOf, type Conditions, wished } from "../platform/db/wishes";
import type { Listing } from "../platform/graphql/connection";
import { withNarrowerSql } from "../skills/skill.rules";
import { QuestionVersion } from "./question.entity";
import { orderOf, type QuestionOrder, type QuestionWishes, wordsOf } from "./question-search.rules";

/** Of the orders that are not the noun's own. */
const ORDERS: Readonly<Record<Exclude<QuestionOrder, "NEWEST">, Order>> = {
  RELEVANCE: { name: "RELEVANCE", terms: [{ as: "rank", sql: "matching.rank", type: "real" }], descending: true },
  LEAST_USED: {
    name: "LEAST_USED",
    terms: [
      { as: "useCount", type: "integer" },
      { as: "lastUse", sql: "coalesce(t.last_used_at, '-infinity')", type: "instant" },
    ],
    descending: false,
  },
};

/** The versions that a search finds, in its order. */
export function listingOf(wishes: QuestionWishes, asked: QuestionOrder | null): Listing {
  const name = orderOf(wishes, asked);
  return name === "NEWEST" ? choiceOf(wishes) : { ...choiceOf(wishes), order: ORDERS[name] };
}

/** A RETIRED version stands for its question where no other does: it is the newest, and nothing is READY or open. */
const FOUND = `(t.state <> 'RETIRED' or not exists (
  select from question_versions other
  where other.question_id = t.question_id and (other.state <> 'RETIRED' or other.number > t.number)))`;

const CONDITIONS: Conditions<Omit<QuestionWishes, "text">> = {
  skillIds: (ids, bind) =>
    `t.id = any(array(select question_version_id from question_skills where skill_id in ${withNarrowerSql(bind(ids))}))`,
  levels: (levels, bind) => anyOf("t.level", levels, bind),
  kinds: (kinds, bind) => anyOf("t.kind", kinds, bind),
  tags: (tags, bind) => `t.tags && ${bind(tags)}`,
  states: (states, bind) => anyOf("t.state", states, bind),
  bankId: (id, bind) => `t.question_id in (select id from questions where bank_id = ${bind(id)})`,
  minMinutes: (minutes, bind) => `t.minutes >= ${bind(minutes)}`,
  maxMinutes: (minutes, bind) => `t.minutes <= ${bind(minutes)}`,
};

function choiceOf(wishes: QuestionWishes): Choice {
  const words = wordsOf(wishes);
  return {
    join: (bind) => (words ? `join matching_question_versions(${bind(words)}) matching on matching.id = t.id` : ""),
    where: (bind) => [FOUND, ...wished(CONDITIONS, wishes, bind)].join(" and "),
  };
}

interface Facet {
  /** The filter under which it does not count. */
  own: keyof QuestionWishes;
  /** SQL of what is counted by; null is passed over. */
  value: string;
  /** SQL that it needs besides the version `t`. */
  join?: string;
  most?: number;
}

/** A version counts for each skill that it tests and for the wider ones. */
const SKILLS_WITH_WIDER = `
  join question_skills tested on tested.question_version_id = t.id
  join (
    with recursive wider (skill_id, id) as (
      select id, id from skills
      union select wider.skill_id, skills.parent_id from wider join skills on skills.id = wider.id
      where skills.parent_id is not null
    ) select skill_id, id from wider
  ) counted on counted.skill_id = tested.skill_id`;

const FACETS = {
  skills: { own: "skillIds", value: "counted.id", join: SKILLS_WITH_WIDER },
  levels: { own: "levels", value: "t.level" },
  kinds: { own: "kinds", value: "t.kind" },
  tags: { own: "tags", value: "tag", join: "cross join unnest(t.tags) tag", most: 50 },
  states: { own: "states", value: "t.state" },
} satisfies Record<string, Facet>;

interface Tally<T> {
  value: T;
  count: number;
}

/** How many of the versions found there are by value, the most frequent first: one statement. */
export function tallyOf<T extends string>(
  { db }: Ctx,
  wishes: QuestionWishes,
  name: keyof typeof FACETS,
): Promise<Tally<T>[]> {
  const { own, value, join: joined, most }: Facet = FACETS[name];
  const { values, bind } = binding();
  const { join, where } = choiceOf({ ...wishes, [own]: null });
  const choice = { where, join: (each: Bind) => `${join?.(each)} ${joined ?? ""}` };
  const from = chosen(db, QuestionVersion, choice, bind, [`${value} is not null`]);
  // What is joined may hold the same twice for one version.
  const count = joined ? "count(distinct t.id)::int" : "count(*)::int";
  const text = `select ${value} as value, ${count} as count ${from} group by 1 order by 2 desc, 1 limit ${bind(most ?? null)}`;
  return db.all<Tally<T>>(text, values);
}
