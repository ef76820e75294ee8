import type { Role } from "../identity/viewer.rules";

/** The demo organisation, as facts: small, believable, the same each time. */
export const DEMO_NAME = "Northquay Software";

export const DEMO_MEMBERS: readonly { email: string; name: string; role: Role }[] = [
  { email: "ada@demo.example", name: "Ada Osei", role: "ADMIN" },
  { email: "ravi@demo.example", name: "Ravi Menon", role: "RECRUITER" },
  { email: "june@demo.example", name: "June Park", role: "RECRUITER" },
  { email: "hana@demo.example", name: "Hana Sato", role: "HIRING_MANAGER" },
  { email: "omar@demo.example", name: "Omar Haddad", role: "HIRING_MANAGER" },
  { email: "ivo@demo.example", name: "Ivo Kral", role: "INTERVIEWER" },
  { email: "lena@demo.example", name: "Lena Brandt", role: "INTERVIEWER" },
  { email: "tomas@demo.example", name: "Tomás Vidal", role: "INTERVIEWER" },
  { email: "mei@demo.example", name: "Mei Lin", role: "INTERVIEWER" },
  { email: "pavel@demo.example", name: "Pavel Novak", role: "INTERVIEWER" },
  { email: "sofia@demo.example", name: "Sofia Rossi", role: "INTERVIEWER" },
  { email: "dario@demo.example", name: "Dario Costa", role: "INTERVIEWER" },
  { email: "ines@demo.example", name: "Inês Duarte", role: "INTERVIEWER" },
  { email: "nora@demo.example", name: "Nora Lindqvist", role: "AUDITOR" },
];

/** Each with the key of the starter bank's kit that its interviews are planned with. */
export const DEMO_JOBS = [
  { title: "Back-end developer, Logistics", kit: "back-end-middle-60" },
  { title: "Back-end developer, Payments", kit: "back-end-middle-60" },
  { title: "Back-end developer, Search", kit: "back-end-middle-plus-60" },
  { title: "Senior back-end developer, Platform", kit: "back-end-senior-60" },
  { title: "Back-end developer, Customer tools (Junior+)", kit: "back-end-junior-plus-60" },
] as const;

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
