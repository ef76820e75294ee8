const FIRST =
  "Ada Alan Barbara Claude Donald Edsger Frances Grace Hedy Ida Jean Katherine Leslie Margaret Niklaus Radia";
const LAST =
  "Allen Backus Cerf Dijkstra Engelbart Floyd Goldberg Hamilton Hopper Johnson Kahn Kernighan Knuth Lamarr Lamport Liskov " +
  "Lovelace McCarthy Perlman Ritchie Shannon Thompson Turing Wirth";

const EVIDENCE = [
  "Asked what the numbers mean before writing a line; named two ways and chose one.",
  `Said "it depends" and then on what: reads, writes, how stale an answer may be.`,
  "Needed a hint for the second part, then found the missing index without help.",
  "Wrote it right at once – tests first, and the odd case (empty input) as well.",
  "Knew the words, not the reason; changed the answer when asked why.",
  "Explained the trade-off between a lock and a retry with an example of their own.",
  "Listened, repeated the wish in other words, and asked who else is affected.",
  "Guessed at the plan instead of reading it; took the correction well.",
];

const STEMS = [
  "Two requests change the same row at the same time. What can go wrong, and how do you keep it from happening?",
  "A page that took 80 ms yesterday takes 4 s today. Tell me what you look at first, second and third.",
  "When would you rather not add an index? Name a case from your own work, and what you did instead.",
  "A colleague wants to merge a change of 3,000 lines on a Friday. What do you say to them?",
];

const text = (value) => `'${value.replaceAll("'", "''")}'`;

/** SQL that takes one of the texts by a number, which is SQL too. */
const oneOf = (texts, n) => `(array[${texts.map(text).join(", ")}])[1 + (${n}) % ${texts.length}]`;

const firsts = FIRST.split(" ");
const lasts = LAST.split(" ");

export const personName = (n) => `${oneOf(firsts, n)} || ' ' || ${oneOf(lasts, `(${n}) / ${firsts.length}`)}`;
export const evidenceOf = (n) => oneOf(EVIDENCE, n);
export const stemOf = (n) => `${oneOf(STEMS, n)} || ' (' || (${n}) || ')'`;
export const kindOf = (n) => oneOf(["ESSAY", "DISCUSSION", "TRUE_FALSE", "SINGLE_CHOICE"], n);
