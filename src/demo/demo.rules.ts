import type { Role } from "../identity/viewer.rules";
import type { Recommendation } from "../scorecards/scorecard.rules";

/** The demo organisation, as facts: small, believable, the same each time. */
export const DEMO_NAME = "Northquay Software";

export const DEMO_MEMBERS: readonly { email: string; name: string; role: Role }[] = [
  { email: "ada@demo.example", name: "Ada Osei", role: "ADMIN" },
  { email: "ravi@demo.example", name: "Ravi Menon", role: "RECRUITER" },
  { email: "hana@demo.example", name: "Hana Sato", role: "HIRING_MANAGER" },
  { email: "ivo@demo.example", name: "Ivo Kral", role: "INTERVIEWER" },
  { email: "lena@demo.example", name: "Lena Brandt", role: "INTERVIEWER" },
  { email: "tomas@demo.example", name: "Tomás Vidal", role: "INTERVIEWER" },
  { email: "nora@demo.example", name: "Nora Lindqvist", role: "AUDITOR" },
];

export const DEMO_SKILLS = [
  { slug: "sql", name: "SQL and relational modelling" },
  { slug: "rest", name: "REST and API design" },
  { slug: "data-structures", name: "Data structures and algorithms" },
] as const;
export type DemoSkill = (typeof DEMO_SKILLS)[number]["slug"];

export const DEMO_BANDS = [
  { label: "Not yet", min: 0 },
  { label: "Growing", min: 40 },
  { label: "Solid", min: 60 },
  { label: "Strong", min: 75 },
  { label: "Outstanding", min: 90 },
];

/** In order of the ratings below. */
export const DEMO_CRITERIA: readonly {
  key: string;
  name: string;
  skill: DemoSkill;
  weight: number;
  anchors: readonly string[];
}[] = [
  {
    key: "sql-query",
    name: "Writes correct queries",
    skill: "sql",
    weight: 2,
    anchors: [
      "Cannot join two tables without help.",
      "Joins with prompting; loses rows where the other side is missing.",
      "Joins and groups correctly; finds wrong results when shown them.",
      "Chooses between join, subquery and window function, and says why.",
      "Predicts the plan of a query and reshapes the query for it.",
    ],
  },
  {
    key: "sql-schema",
    name: "Models data",
    skill: "sql",
    weight: 1,
    anchors: [
      "Puts everything into one table.",
      "Splits tables, but leaves keys and constraints to the application.",
      "Normalises, and names keys and constraints.",
      "Weighs normal forms against reads, with figures.",
      "Plans for change: migrations without downtime, history, deletion.",
    ],
  },
  {
    key: "rest-design",
    name: "Designs resources",
    skill: "rest",
    weight: 1,
    anchors: [
      "Names endpoints after functions.",
      "Finds the resources, but mixes up the methods.",
      "Uses methods and status codes as HTTP means them.",
      "Designs paging, filters and idempotent writes without being asked.",
      "Designs for years: versions, compatibility, deprecation.",
    ],
  },
  {
    key: "rest-errors",
    name: "Handles errors",
    skill: "rest",
    weight: 1,
    anchors: [
      "Answers 200 with a text that says error.",
      "Tells client errors from server errors.",
      "Gives errors a code, a place and a way out.",
      "Thinks of retries, time-outs and half-done work.",
      "Shows how the whole system degrades, and tests it.",
    ],
  },
  {
    key: "ds-complexity",
    name: "Chooses data structures",
    skill: "data-structures",
    weight: 3,
    anchors: [
      "Uses a list for everything.",
      "Knows maps and sets; guesses at their cost.",
      "Chooses by cost, and states it.",
      "Combines structures for a need, with their trade-offs.",
      "Reasons about memory, locality and worst cases.",
    ],
  },
];

export const DEMO_GIFT = `// [id:sql-left-join] [tag:joins]
::Rows without a partner::Which join keeps customers who have no order? {
  =LEFT JOIN from customers to orders
  ~INNER JOIN
  ~CROSS JOIN
}

// [id:rest-put-idempotent] [tag:http]
::Repeated PUT::Sending the same PUT request twice leaves the server as sending it once does. {TRUE}

// [id:ds-lookup-cost] [tag:complexity]
::Halving::How many comparisons does a binary search over 1024 sorted items need at most? {#=11 =%50%10}
`;

export const DEMO_DISCUSSION =
  "An endpoint lists a customer's orders, and it has become slow. Walk me through what you look at, in which order, and what each finding would make you do.";

export const DEMO_JOBS = ["Back-end developer, Logistics", "Back-end developer, Payments"] as const;

export interface DemoCard {
  /** Given name of the interviewer, as in the e-mail address. */
  by: string;
  /** One per criterion; null is NOT_OBSERVED. */
  values: readonly (number | null)[];
  recommendation: Recommendation;
  draft?: boolean;
}

export interface DemoCandidate {
  name: string;
  email: string;
  job: number;
  /** Whole days from now; null: not yet scheduled. */
  startsInDays: number | null;
  panel: readonly string[];
  cards: readonly DemoCard[];
}

export const DEMO_CANDIDATES: readonly DemoCandidate[] = [
  {
    name: "Mira Andersson",
    email: "mira@candidates.example",
    job: 0,
    startsInDays: -6,
    panel: ["ivo", "lena", "tomas"],
    cards: [
      { by: "ivo", values: [4, 3, 4, 3, 4], recommendation: "YES" },
      { by: "lena", values: [5, 4, 3, 3, 4], recommendation: "YES" },
      { by: "tomas", values: [3, 3, 4, 2, 5], recommendation: "YES" },
    ],
  },
  {
    name: "Jonas Weber",
    email: "jonas@candidates.example",
    job: 0,
    startsInDays: -3,
    panel: ["ivo", "lena"],
    cards: [
      { by: "lena", values: [2, 2, 4, 4, 3], recommendation: "NO" },
      { by: "ivo", values: [4, 4, null, null, 3], recommendation: "NO_DECISION", draft: true },
    ],
  },
  {
    name: "Priya Raman",
    email: "priya@candidates.example",
    job: 1,
    startsInDays: -2,
    panel: ["lena", "tomas"],
    cards: [
      { by: "lena", values: [1, 2, 3, 3, 2], recommendation: "NO" },
      { by: "tomas", values: [5, 4, 3, 4, 4], recommendation: "STRONG_YES" },
    ],
  },
  { name: "Sam Okafor", email: "sam@candidates.example", job: 1, startsInDays: 2, panel: ["ivo", "tomas"], cards: [] },
  { name: "Elif Demir", email: "elif@candidates.example", job: 0, startsInDays: null, panel: ["lena"], cards: [] },
];
