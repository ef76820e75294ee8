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

/** Kit of the starter bank that the demo's interviews are planned with. */
export const DEMO_KIT = "back-end-middle-60";

/** What an interviewer has brought along from elsewhere. */
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
  /** One per criterion of the kit's rubric, in its order; null is NOT_OBSERVED. */
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
      { by: "ivo", values: [4, 3, 4, 3, 4, 4], recommendation: "YES" },
      { by: "lena", values: [5, 4, 3, 3, 4, 3], recommendation: "YES" },
      { by: "tomas", values: [3, 3, 4, 2, 5, 4], recommendation: "YES" },
    ],
  },
  {
    name: "Jonas Weber",
    email: "jonas@candidates.example",
    job: 0,
    startsInDays: -3,
    panel: ["ivo", "lena"],
    cards: [
      { by: "lena", values: [2, 2, 4, 4, 3, 3], recommendation: "NO" },
      { by: "ivo", values: [4, 4, null, null, 3, null], recommendation: "NO_DECISION", draft: true },
    ],
  },
  {
    name: "Priya Raman",
    email: "priya@candidates.example",
    job: 1,
    startsInDays: -2,
    panel: ["lena", "tomas"],
    cards: [
      { by: "lena", values: [1, 2, 3, 3, 2, 2], recommendation: "NO" },
      { by: "tomas", values: [5, 4, 3, 4, 4, 5], recommendation: "STRONG_YES" },
    ],
  },
  { name: "Sam Okafor", email: "sam@candidates.example", job: 1, startsInDays: 2, panel: ["ivo", "tomas"], cards: [] },
  { name: "Elif Demir", email: "elif@candidates.example", job: 0, startsInDays: null, panel: ["lena"], cards: [] },
];
