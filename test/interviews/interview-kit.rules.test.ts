import { type KitFacts, kitFaults, kitWarnings } from "../../src/interviews/interview-kit.rules";
import type { PublicationState } from "../../src/question-bank/publication.rules";

describe("a kit", () => {
  const version = (id: string, state: PublicationState = "READY", questionId = `question of ${id}`) => ({
    id,
    questionId,
    number: 2,
    state,
  });
  const notReady = (what: string, state: PublicationState, path: string) => ({
    code: "NOT_READY",
    message: `Version 2 of the ${what} is ${state}: a kit takes READY versions.`,
    field: path.split("."),
  });
  const twice = (first: number, path: string) => ({
    code: "KIT_UNUSABLE",
    message: `The question is in place ${first} already: ask it once.`,
    field: path.split("."),
  });

  const table: [string, PublicationState, ReturnType<typeof version>[], string[], object[]][] = [
    ["of READY versions", "READY", [version("a"), version("b")], [], []],
    ["without questions", "READY", [], [], []],
    ["with a rubric in DRAFT", "DRAFT", [], [], [notReady("rubric", "DRAFT", "rubricVersionId")]],
    ["with a rubric that was retired", "RETIRED", [], [], [notReady("rubric", "RETIRED", "rubricVersionId")]],
    ["that keeps its rubric, which was retired", "RETIRED", [], ["rubric"], []],
    [
      "with a question in review",
      "READY",
      [version("a"), version("b", "IN_REVIEW")],
      [],
      [notReady("question", "IN_REVIEW", "questions.1.questionVersionId")],
    ],
    ["that keeps a question, which was retired", "READY", [version("a", "RETIRED")], ["a"], []],
    [
      "that keeps one retired question and takes another",
      "READY",
      [version("a", "RETIRED"), version("b", "RETIRED")],
      ["a"],
      [notReady("question", "RETIRED", "questions.1.questionVersionId")],
    ],
    [
      "with a version three times",
      "READY",
      [version("a"), version("b"), version("a"), version("a")],
      [],
      [twice(0, "questions.2.questionVersionId"), twice(0, "questions.3.questionVersionId")],
    ],
    [
      "with two versions of one question",
      "READY",
      [version("b"), version("old", "RETIRED", "q"), version("new", "READY", "q")],
      ["old"],
      [twice(1, "questions.2.questionVersionId")],
    ],
    [
      "with several faults, all of them",
      "DRAFT",
      [version("a", "DRAFT"), version("a", "DRAFT")],
      [],
      [
        notReady("rubric", "DRAFT", "rubricVersionId"),
        notReady("question", "DRAFT", "questions.0.questionVersionId"),
        notReady("question", "DRAFT", "questions.1.questionVersionId"),
        twice(0, "questions.1.questionVersionId"),
      ],
    ],
  ];

  test.each(table)("%s", (_, state, questionVersions, kept, faults) => {
    const rubricVersion = version("rubric", state);
    expect(kitFaults({ rubricVersion, questionVersions }, new Set(kept))).toEqual(faults);
  });
});

describe("a kit warns", () => {
  type Question = KitFacts["questions"][number];
  type Rubric = KitFacts["rubric"];

  const question = (change: Partial<Question> = {}): Question => ({
    questionVersionId: "q",
    name: "A slow list",
    number: 2,
    state: "READY",
    readyNumber: 2,
    minutes: 20,
    skillIds: ["sql"],
    ...change,
  });
  const rubric = (change: Partial<Rubric> = {}): Rubric => ({
    name: "Back-end",
    number: 1,
    state: "READY",
    readyNumber: 1,
    skillIds: ["sql"],
    ...change,
  });
  /** `data` is wider than `sql`, which is wider than `indexes`; `rest` stands alone; two turn in a circle. */
  const parents = { data: null, sql: "data", indexes: "sql", rest: null, hen: "egg", egg: "hen" };
  const skills = new Map(Object.entries(parents).map(([id, parentId]) => [id, { name: id.toUpperCase(), parentId }]));
  const expects = (...ids: string[]) => ids.map((skillId) => ({ skillId, weight: 1 }));
  const good: KitFacts = {
    minutes: 60,
    rubric: rubric(),
    questions: [question()],
    expectations: expects("sql"),
    skills,
  };

  const uncovered = (id: string) => [
    "SKILL_NOT_COVERED",
    `No criterion of the rubric rates "${id.toUpperCase()}".`,
    id,
  ];
  const unasked = (id: string) => ["SKILL_NOT_ASKED", `No question of the kit asks for "${id.toUpperCase()}".`, id];
  const retired = (sentence: string, id = "q") => ["QUESTION_RETIRED", sentence, id];

  const table: [string, Partial<KitFacts>, unknown[][]][] = [
    ["of nothing, where all is well", {}, []],
    ["of nothing, where the questions fill the slot", { questions: [question({ minutes: 60 })] }, []],
    [
      "of questions that take longer than the slot",
      { questions: [question({ minutes: 31 }), question({ minutes: 30 })] },
      [["MINUTES_EXCEED_SLOT", "The questions take 61 minutes, and the interview lasts 60.", null]],
    ],
    [
      "of a skill neither covered nor asked for",
      { expectations: expects("sql", "rest") },
      [uncovered("rest"), unasked("rest")],
    ],
    ["not of a skill that weighs nothing", { expectations: [...expects("sql"), { skillId: "rest", weight: 0 }] }, []],
    [
      "of a skill not asked for, only where anything is asked",
      { questions: [], expectations: expects("rest") },
      [uncovered("rest")],
    ],
    [
      "of a skill that is rated, but not asked for",
      { rubric: rubric({ skillIds: ["sql", "rest"] }), expectations: expects("rest") },
      [unasked("rest")],
    ],
    ["of a skill that is asked for, but not rated", { rubric: rubric({ skillIds: ["rest"] }) }, [uncovered("sql")]],
    [
      "not of a skill whose narrower one is rated and asked for, however deep",
      {
        rubric: rubric({ skillIds: ["indexes"] }),
        questions: [question({ skillIds: ["indexes"] })],
        expectations: expects("data", "sql", "indexes"),
      },
      [],
    ],
    [
      "of a skill whose wider one is rated and asked for",
      { expectations: expects("indexes") },
      [uncovered("indexes"), unasked("indexes")],
    ],
    [
      "and ends, where skills turn in a circle",
      {
        rubric: rubric({ skillIds: ["hen"] }),
        questions: [question({ skillIds: ["egg"] })],
        expectations: expects("hen", "egg"),
      },
      [],
    ],
    [
      "of a retired question, and names the version to ask instead",
      { questions: [question({ state: "RETIRED", readyNumber: 3 })] },
      [retired('Version 2 of the question "A slow list" is RETIRED; version 3 is READY.')],
    ],
    [
      "of a retired question of which no version is READY",
      { questions: [question({ state: "RETIRED", readyNumber: null, name: `${"x".repeat(60)}y\nz` })] },
      [retired(`Version 2 of the question "${"x".repeat(59)}…" is RETIRED; no version of it is READY.`)],
    ],
    [
      "of a retired rubric",
      { rubric: rubric({ state: "RETIRED", readyNumber: 2 }) },
      [["RUBRIC_RETIRED", 'Version 1 of the rubric "Back-end" is RETIRED; version 2 is READY.', null]],
    ],
    [
      "of everything at once",
      {
        minutes: 5,
        rubric: rubric({ state: "RETIRED", readyNumber: null }),
        questions: [
          question({ state: "RETIRED" }),
          question({ questionVersionId: "r", state: "RETIRED", name: "Another\nline" }),
        ],
        expectations: expects("rest", "indexes"),
      },
      [
        ["MINUTES_EXCEED_SLOT", "The questions take 40 minutes, and the interview lasts 5.", null],
        uncovered("rest"),
        uncovered("indexes"),
        unasked("rest"),
        unasked("indexes"),
        retired('Version 2 of the question "A slow list" is RETIRED; version 2 is READY.'),
        retired('Version 2 of the question "Another" is RETIRED; version 2 is READY.', "r"),
        ["RUBRIC_RETIRED", 'Version 1 of the rubric "Back-end" is RETIRED; no version of it is READY.', null],
      ],
    ],
  ];

  test.each(table)("%s", (_, change, expected) => {
    const warnings = kitWarnings({ ...good, ...change });
    expect(
      warnings.map(({ code, message, skillId, questionVersionId }) => [code, message, skillId ?? questionVersionId]),
    ).toEqual(expected);
  });
});
