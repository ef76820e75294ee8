/** How an interview of the demo came out. Each ending has something for a dashboard to show. */
export type DemoEnding =
  | "unscheduled"
  | "booked"
  | "onHold"
  | "cancelled"
  | "noShow"
  /** Under way at the moment of seeding. */
  | "underway"
  /** Over; the last of the panel owes a scorecard, and has begun a draft. */
  | "awaiting"
  /** All scorecards in. */
  | "complete"
  /** Complete, once the last of the panel was excused. */
  | "waived"
  /** Complete; the first of the panel has thought again since. */
  | "amended";

/** What became of the application. */
export type DemoDecision = "proposed" | "hired" | "rejected" | "reopened";

export interface DemoCandidate {
  name: string;
  /** Index of the job. */
  job: number;
  /** One interview each; none for who has only applied. */
  interviews: readonly DemoEnding[];
  decision?: DemoDecision;
  /** 1 to 5: what an interviewer would rate on average. */
  quality?: number;
  /** How far the panel is apart, in points of the scale. */
  split?: number;
  /** Given names, the lead first; in turn where it is left out. */
  panel?: readonly string[];
  /** Given name -> values in the order of the rubric, null for NOT_OBSERVED; made from `quality` where it is left out. */
  values?: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Forty people. The first is the worked example of the README. */
export const DEMO_CANDIDATES: readonly DemoCandidate[] = [
  {
    name: "Mira Andersson",
    job: 0,
    interviews: ["complete"],
    panel: ["ivo", "lena", "tomas"],
    values: { ivo: [4, 3, 4, 3, 4, 4], lena: [5, 4, 3, 3, 4, 3], tomas: [3, 3, 4, 2, 5, 4] },
  },
  { name: "Jonas Weber", job: 0, interviews: ["awaiting"], quality: 3.1, panel: ["lena", "ivo"] },
  {
    name: "Priya Raman",
    job: 1,
    interviews: ["complete"],
    panel: ["lena", "tomas"],
    values: { lena: [1, 2, 3, 3, 2, 2], tomas: [5, 4, 3, 4, 4, 5] },
  },
  { name: "Sam Okafor", job: 1, interviews: ["booked"], panel: ["hana", "ivo"] },
  { name: "Elif Demir", job: 0, interviews: ["unscheduled"], panel: ["lena"] },
  { name: "Anton Lindholm", job: 0, interviews: ["underway"], panel: ["hana", "mei"] },
  { name: "Beatriz Campos", job: 0, interviews: ["awaiting"], quality: 3.8, panel: ["tomas", "hana"] },
  { name: "Chidi Eze", job: 0, interviews: ["complete"], decision: "hired", quality: 4.2 },
  { name: "Dana Kovacs", job: 0, interviews: ["complete"], decision: "rejected", quality: 2.1 },
  { name: "Emil Sorensen", job: 0, interviews: ["amended"], quality: 3.6, split: 1 },
  { name: "Fatima Zahra", job: 0, interviews: ["complete"], decision: "proposed", quality: 3.9 },
  { name: "Goran Petrovic", job: 0, interviews: ["complete"], quality: 3.3, split: 1.5 },
  { name: "Hoa Nguyen", job: 0, interviews: ["complete", "complete"], quality: 3.9 },
  { name: "Ilya Morozov", job: 0, interviews: ["noShow"] },
  { name: "Jelena Babic", job: 1, interviews: ["complete"], decision: "hired", quality: 4.4 },
  { name: "Kwame Mensah", job: 1, interviews: ["complete"], decision: "reopened", quality: 3.4, split: 1 },
  { name: "Lucía Fernández", job: 1, interviews: ["waived"], quality: 3.5 },
  { name: "Marek Dvorak", job: 1, interviews: ["complete"], decision: "rejected", quality: 2.4 },
  { name: "Nadia Haddou", job: 1, interviews: ["complete", "booked"], quality: 3.7 },
  { name: "Oskar Nilsen", job: 1, interviews: ["cancelled"] },
  { name: "Paula Ribeiro", job: 1, interviews: ["complete"], quality: 2.9, split: 1 },
  { name: "Quentin Moreau", job: 1, interviews: ["amended"], quality: 4 },
  { name: "Rosa Silveira", job: 2, interviews: ["complete"], quality: 3.8 },
  { name: "Stefan Ionescu", job: 2, interviews: ["complete", "onHold"], quality: 3.2 },
  { name: "Tala Haidari", job: 2, interviews: ["awaiting"], quality: 3.9 },
  { name: "Ulrich Baumann", job: 2, interviews: ["complete"], decision: "rejected", quality: 2.6, split: 1 },
  { name: "Vera Castellano", job: 2, interviews: ["booked"] },
  { name: "Wanjiru Kamau", job: 2, interviews: ["complete"], decision: "proposed", quality: 4.1 },
  { name: "Xenia Pappas", job: 3, interviews: ["complete", "complete"], quality: 4.3 },
  { name: "Yusuf Aydin", job: 3, interviews: ["complete"], quality: 3.1, split: 2 },
  { name: "Zofia Zielinska", job: 3, interviews: ["booked"] },
  { name: "Amir Rahimi", job: 3, interviews: ["unscheduled"] },
  { name: "Bruna Teixeira", job: 3, interviews: ["awaiting"], quality: 3.6 },
  { name: "Cormac Byrne", job: 4, interviews: ["complete"], decision: "hired", quality: 3.9 },
  { name: "Daria Volkova", job: 4, interviews: ["complete"], quality: 3 },
  { name: "Esther Adeyemi", job: 4, interviews: ["cancelled", "booked"] },
  { name: "Felix Grossmann", job: 4, interviews: ["waived"], quality: 2.8 },
  { name: "Greta Holm", job: 4, interviews: [] },
  { name: "Hugo Marchetti", job: 3, interviews: [] },
  { name: "Imani Oduya", job: 2, interviews: [] },
];

/** Who interviews where the table names nobody, in turn. */
const POOL = ["ivo", "lena", "tomas", "mei", "pavel", "sofia", "dario", "ines"] as const;

/** Lenient above 0, severe below, in points of the scale. */
const LENIENCY: Readonly<Record<string, number>> = {
  ivo: -0.3,
  lena: 0.1,
  tomas: 0.4,
  mei: -0.1,
  pavel: -0.5,
  sofia: 0.2,
  dario: 0.5,
  ines: 0,
  hana: -0.2,
};

/** The panel of a candidate's interview: two or three, so that each pair meets now and then. */
export function panelOf({ panel }: DemoCandidate, index: number, round: number): readonly string[] {
  if (panel && round === 0) return panel;
  const first = index * 3 + round * 5;
  return Array.from(
    { length: index % 3 === 0 ? 3 : 2 },
    (_, at) => POOL[(first + at * (1 + (index % 2))) % POOL.length]!,
  );
}

/** -1 to 1, the same each time for the same words. @see FNV-1a, 32 bits */
export function wobble(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const letter of words.join(" ")) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
  return ((hash >>> 8) / 0xffffff) * 2 - 1;
}

/** What an interviewer gives on each of so many criteria, 1 to 5; null for what the interview did not show. */
export function valuesOf(candidate: DemoCandidate, by: string, count: number): readonly (number | null)[] {
  const given = candidate.values?.[by];
  if (given) return given;
  const { name, quality = 3, split = 0 } = candidate;
  const side = wobble(name, by) > 0 ? 1 : -1;
  return Array.from({ length: count }, (_, at) => {
    if (wobble(by, name, at, "seen") > 0.85) return null;
    const value = quality + (LENIENCY[by] ?? 0) + side * split * 0.7 + wobble(name, by, at);
    return Math.min(5, Math.max(1, Math.round(value)));
  });
}
