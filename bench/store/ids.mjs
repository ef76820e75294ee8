import { CRITERIA_PER_RUBRIC, SEATS } from "./sizes.mjs";

const YEAR_2024 = Date.UTC(2024, 0);
const YEAR_2025 = Date.UTC(2025, 0);
const HOUR = 3_600_000;
/** Between two sessions, in milliseconds: 50,000 of them fill nineteen months. */
const SESSION = 1_000_000;

/** Noun -> number of its type as in the manifests, time of its first row, and milliseconds from one row to the next. */
const NOUNS = {
  Organization: [0x010, YEAR_2024, 1],
  Member: [0x011, YEAR_2025, HOUR],
  Skill: [0x020, YEAR_2025, HOUR],
  RoleProfile: [0x021, YEAR_2025, HOUR],
  RoleProfileVersion: [0x022, YEAR_2025, HOUR],
  Expectation: [0x023, YEAR_2025, HOUR],
  QuestionBank: [0x030, YEAR_2025, HOUR],
  Question: [0x031, YEAR_2025, HOUR],
  QuestionVersion: [0x032, YEAR_2025, HOUR],
  Rubric: [0x033, YEAR_2025, HOUR],
  RubricVersion: [0x034, YEAR_2025, HOUR],
  Criterion: [0x035, YEAR_2025, HOUR],
  Candidate: [0x040, YEAR_2025, SESSION],
  Job: [0x041, YEAR_2025, HOUR],
  Application: [0x042, YEAR_2025, SESSION],
  InterviewKit: [0x050, YEAR_2025, HOUR],
  InterviewSession: [0x052, YEAR_2025, SESSION],
  Panelist: [0x054, YEAR_2025, Math.floor(SESSION / SEATS)],
  Scorecard: [0x060, YEAR_2025 + 96 * HOUR, Math.floor(SESSION / SEATS)],
  Rating: [0x061, YEAR_2025 + 96 * HOUR, Math.floor(SESSION / SEATS / CRITERIA_PER_RUBRIC)],
  // Of sessions that owe a scorecard: the oldest of all, so that no page of the dashboard holds one.
  OwingSession: [0x052, YEAR_2024, SESSION],
  OwingPanelist: [0x054, YEAR_2024, Math.floor(SESSION / SEATS)],
  Draft: [0x060, YEAR_2024, SESSION],
  DraftRating: [0x061, YEAR_2024, Math.floor(SESSION / CRITERIA_PER_RUBRIC)],
};

const namesOf = Object.keys(NOUNS);

/** Ids as src/platform/ids.ts makes them, but the same in every store: the random bits come from noun and number. */
export const ID_FUNCTION = `
  create function bench.id(kind int, at bigint, n bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex((at << 16) | 28672 | kind), 16, '0')
      || to_hex(-9223372036854775808 | ((n & 4095) << 48) | (hashint8extended(n, kind) & 281474976710655)))::uuid $$`;

const ROOM = 1_000_000_000;

/** SQL for id and time of the n-th row of a noun, where `n` is SQL too; of the organisation with that number. */
export function numbering(organization) {
  const millisecond = (noun, n) => `(${NOUNS[noun][1]} + (${n})::bigint * ${NOUNS[noun][2]})`;
  return {
    id: (noun, n) => {
      const unique = `(${n})::bigint + ${(organization * namesOf.length + namesOf.indexOf(noun)) * ROOM}`;
      return `bench.id(${NOUNS[noun][0]}, ${millisecond(noun, n)}, ${unique})`;
    },
    at: (noun, n) => `to_timestamp(${millisecond(noun, n)} / 1000.0)`,
  };
}
