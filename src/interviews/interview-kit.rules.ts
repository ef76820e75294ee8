import type { Fault } from "../platform/errors";
import type { PublicationState } from "../question-bank/publication.rules";

/** Everything that a kit says. */
export interface KitDraft {
  name: string;
  profileVersionId: string;
  rubricVersionId: string;
  /** Length of the interview. */
  minutes: number;
  /** What is asked, in order. */
  questions: readonly { questionVersionId: string; minutes: number }[];
}

interface Version {
  id: string;
  number: number;
  state: PublicationState;
}

interface KitParts {
  rubricVersion: Version;
  questionVersions: readonly (Version & { questionId: string })[];
}

/**
 * What keeps an interview from being held by a kit. `kept` are the ids of versions that are in the kit already: they may
 * have been retired meanwhile. Paths are those of the input.
 */
export function kitFaults({ rubricVersion, questionVersions }: KitParts, kept: ReadonlySet<string>): Fault[] {
  const unready = ({ id, state }: Version): boolean => state !== "READY" && !kept.has(id);
  const notReady = (what: string, { number, state }: Version, ...field: string[]): Fault => ({
    code: "NOT_READY",
    message: `Version ${number} of the ${what} is ${state}: a kit takes READY versions.`,
    field,
  });
  const ofQuestions = questionVersions.flatMap((version, index) => {
    const field = ["questions", `${index}`, "questionVersionId"];
    const first = questionVersions.findIndex(({ questionId }) => questionId === version.questionId);
    const message = `The question is in place ${first} already: ask it once.`;
    return [
      ...(unready(version) ? [notReady("question", version, ...field)] : []),
      ...(first < index ? [{ code: "KIT_UNUSABLE", message, field }] : []),
    ];
  });
  return [...(unready(rubricVersion) ? [notReady("rubric", rubricVersion, "rubricVersionId")] : []), ...ofQuestions];
}

export type KitWarningCode =
  | "MINUTES_EXCEED_SLOT"
  | "SKILL_NOT_COVERED"
  | "SKILL_NOT_ASKED"
  | "QUESTION_RETIRED"
  | "RUBRIC_RETIRED";

/** Something about a kit that whoever plans with it should know; nothing is refused for it. */
export interface KitWarning {
  code: KitWarningCode;
  /** A sentence for people. */
  message: string;
  /** Null unless it is about a skill. */
  skillId: string | null;
  /** Null unless it is about a question. */
  questionVersionId: string | null;
}

interface Published {
  /** Name of the rubric; title or wording of the question. */
  name: string;
  number: number;
  state: PublicationState;
  /** Number of the READY version of the same; null: none is. */
  readyNumber: number | null;
}

export interface KitFacts {
  /** Length of the interview. */
  minutes: number;
  /** `skillIds`: those of its criteria. */
  rubric: Published & { skillIds: readonly string[] };
  questions: readonly (Published & { questionVersionId: string; minutes: number; skillIds: readonly string[] })[];
  /** Of the profile, in order. */
  expectations: readonly { skillId: string; weight: number }[];
  /** By id: every skill named above, and every wider one. */
  skills: ReadonlyMap<string, { name: string; parentId: string | null }>;
}

export const kitWarnings = (kit: KitFacts): KitWarning[] => [
  ...excessWarnings(kit),
  ...skillWarnings(kit),
  ...questionWarnings(kit),
  ...rubricWarnings(kit),
];

const warning = (code: KitWarningCode, message: string, about: Partial<KitWarning> = {}): KitWarning => ({
  code,
  message,
  skillId: null,
  questionVersionId: null,
  ...about,
});

function excessWarnings({ minutes: slot, questions }: KitFacts): KitWarning[] {
  const asked = questions.reduce((sum, { minutes }) => sum + minutes, 0);
  const message = `The questions take ${asked} minutes, and the interview lasts ${slot}.`;
  return asked > slot ? [warning("MINUTES_EXCEED_SLOT", message)] : [];
}

/** Skills of the profile that count, and that the rubric does not rate, or no question asks for. */
function skillWarnings({ rubric, questions, expectations, skills }: KitFacts): KitWarning[] {
  const rated = withWider(rubric.skillIds, skills);
  const asked = withWider(
    questions.flatMap(({ skillIds }) => skillIds),
    skills,
  );
  const counting = expectations.filter(({ weight }) => weight > 0);
  const missing = (code: KitWarningCode, known: ReadonlySet<string>, say: (name: string) => string) =>
    counting
      .filter(({ skillId }) => !known.has(skillId))
      .map(({ skillId }) => warning(code, say(skills.get(skillId)?.name ?? skillId), { skillId }));
  const uncovered = missing("SKILL_NOT_COVERED", rated, (name) => `No criterion of the rubric rates "${name}".`);
  if (questions.length === 0) return uncovered;
  return [...uncovered, ...missing("SKILL_NOT_ASKED", asked, (name) => `No question of the kit asks for "${name}".`)];
}

/** The skills and all wider ones; a circle ends where it began. */
function withWider(ids: readonly string[], skills: KitFacts["skills"]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const id of ids) {
    let next: string | null = id;
    while (next !== null && !found.has(next)) {
      found.add(next);
      next = skills.get(next)?.parentId ?? null;
    }
  }
  return found;
}

const questionWarnings = ({ questions }: KitFacts): KitWarning[] =>
  questions
    .filter(({ state }) => state === "RETIRED")
    .map((each) =>
      warning("QUESTION_RETIRED", retired("question", each), { questionVersionId: each.questionVersionId }),
    );

const rubricWarnings = ({ rubric }: KitFacts): KitWarning[] =>
  rubric.state === "RETIRED" ? [warning("RUBRIC_RETIRED", retired("rubric", rubric))] : [];

function retired(what: string, { name, number, readyNumber }: Published): string {
  const instead = readyNumber === null ? "no version of it is READY" : `version ${readyNumber} is READY`;
  return `Version ${number} of the ${what} "${shortened(name)}" is RETIRED; ${instead}.`;
}

/** The first line, or its beginning: a question without a title is told by its wording. */
function shortened(text: string): string {
  const [line = ""] = text.trim().split("\n");
  const characters = [...line];
  return characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : line;
}
