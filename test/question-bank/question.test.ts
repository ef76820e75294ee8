import { createQuestion } from "../../src/question-bank/question.actions";
import { createQuestionBank } from "../../src/question-bank/question-bank.actions";
import { type Company, company, type Person } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

jest.setTimeout(30_000);

let api: Api;
let ours: Company;
let bankId: string;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
  bankId = (await createQuestionBank(ours.as("admin"), { name: "Bank" })).id;
});

afterAll(() => api.close());

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests that asked
type Anything = any;

const FIELDS = `id version versions { nodes { id number state stem kind title tags level difficulty minutes licence source
  skills { slug } authors { name } comments { nodes { text verdict author { name } } } } }`;

/** Does a mutation on a question as somebody; answers with the question, or with the codes of what was refused. */
async function does(person: Person, mutation: string, input: object): Promise<Anything> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { question { ${FIELDS} } userErrors { code field message } } }`;
  const { data, errors } = await api.send(ours.people[person], query, { input });
  if (errors) return errors.map(({ extensions }) => extensions.code);
  const { question, userErrors } = data[mutation];
  return question ?? userErrors.map(({ code }: { code: string }) => code);
}

const WORDING = { kind: "DISCUSSION", stem: "What would you do?", tags: ["why"] };

const drafted = (change: object = {}) => does("ann", "createQuestion", { bankId, ...WORDING, ...change });
const handedIn = async (change: object = {}) => moved("ann", "requestQuestionReview", await drafted(change));
const published = async (change: object = {}) => approvedBy("bob", await handedIn(change));

const moved = (person: Person, mutation: string, { id, version }: Anything, more: object = {}) =>
  does(person, mutation, { id, version, ...more });
const approvedBy = (person: Person, question: Anything) =>
  moved(person, "reviewQuestion", question, { verdict: "APPROVED" });

const states = ({ versions }: Anything) =>
  versions.nodes.map(({ number, state }: Anything) => `${number} ${state}`).reverse();

describe("a question", () => {
  test("is authored, reviewed by somebody else, published and retired", async () => {
    const draft = await drafted({ level: "MIDDLE", difficulty: 3, minutes: 10, licence: "MIT", source: "Us" });
    expect(draft.versions.nodes).toMatchObject([
      { number: 1, state: "DRAFT", level: "MIDDLE", difficulty: 3, minutes: 10, licence: "MIT", source: "Us" },
    ]);
    expect(draft.versions.nodes[0].authors).toEqual([{ name: "ann" }]);
    const waiting = await moved("ann", "requestQuestionReview", draft);
    expect(states(waiting)).toEqual(["1 IN_REVIEW"]);
    expect(await approvedBy("ann", waiting)).toEqual(["OWN_WORK"]);
    const ready = await approvedBy("bob", waiting);
    expect(states(ready)).toEqual(["1 READY"]);
    expect(ready.versions.nodes[0].comments.nodes).toEqual([
      { text: "", verdict: "APPROVED", author: { name: "bob" } },
    ]);
    expect(states(await moved("cyd", "retireQuestion", ready))).toEqual(["1 RETIRED"]);
  });

  test("is edited in its next version, whose publication retires the one before", async () => {
    const ready = await published();
    const edited = await moved("bob", "editQuestion", ready, { ...WORDING, stem: "And why?" });
    expect(states(edited)).toEqual(["1 READY", "2 DRAFT"]);
    expect(edited.versions.nodes.map(({ stem }: Anything) => stem)).toEqual(["And why?", "What would you do?"]);
    const waiting = await moved("bob", "requestQuestionReview", edited);
    expect(states(waiting)).toEqual(["1 READY", "2 IN_REVIEW"]);
    expect(await approvedBy("bob", waiting)).toEqual(["OWN_WORK"]);
    expect(states(await approvedBy("ann", waiting))).toEqual(["1 RETIRED", "2 READY"]);
  });

  test("keeps its draft's number while it is edited, and knows everybody who wrote in it", async () => {
    const draft = await drafted();
    const edited = await moved("bob", "editQuestion", draft, {
      ...WORDING,
      stem: "Better?",
      skillIds: [ours.skillIds.sql],
    });
    expect(edited.versions.nodes).toMatchObject([
      { number: 1, state: "DRAFT", stem: "Better?", skills: [{ slug: "sql" }] },
    ]);
    expect(edited.versions.nodes[0].authors.map(({ name }: Anything) => name)).toEqual(["ann", "bob"]);
    const waiting = await moved("ann", "requestQuestionReview", edited);
    expect(await approvedBy("ann", waiting)).toEqual(["OWN_WORK"]);
    expect(await approvedBy("bob", waiting)).toEqual(["OWN_WORK"]);
    expect(states(await approvedBy("cyd", waiting))).toEqual(["1 READY"]);
  });

  test("goes back to its authors with a word on what to mend", async () => {
    const waiting = await handedIn();
    expect(await moved("bob", "reviewQuestion", waiting, { verdict: "RETURNED", comment: " " })).toEqual([
      "COMMENT_MISSING",
    ]);
    const returned = await moved("bob", "reviewQuestion", waiting, { verdict: "RETURNED", comment: "Too vague." });
    expect(states(returned)).toEqual(["1 DRAFT"]);
    expect(returned.versions.nodes[0].comments.nodes).toEqual([
      { text: "Too vague.", verdict: "RETURNED", author: { name: "bob" } },
    ]);
    expect(states(await approvedBy("bob", await moved("ann", "requestQuestionReview", returned)))).toEqual(["1 READY"]);
  });

  test("loses its draft without losing what is READY", async () => {
    const ready = await published();
    const edited = await moved("ann", "editQuestion", ready, { ...WORDING, stem: "Hm." });
    const discarded = await moved("ann", "discardQuestionDraft", edited);
    expect(states(discarded)).toEqual(["1 READY", "2 RETIRED"]);
    const again = await moved("ann", "editQuestion", discarded, { ...WORDING, stem: "Hm!" });
    expect(states(again)).toEqual(["1 READY", "2 RETIRED", "3 DRAFT"]);
  });
});

/** What is done to a question in each state, and what comes of it. */
const MOVES: Record<string, Record<string, string[]>> = {
  DRAFT: {
    editQuestion: ["1 DRAFT"],
    requestQuestionReview: ["1 IN_REVIEW"],
    reviewQuestion: ["ILLEGAL_MOVE"],
    retireQuestion: ["ILLEGAL_MOVE"],
    discardQuestionDraft: ["1 RETIRED"],
  },
  IN_REVIEW: {
    editQuestion: ["ILLEGAL_MOVE"],
    requestQuestionReview: ["ILLEGAL_MOVE"],
    reviewQuestion: ["1 READY"],
    retireQuestion: ["ILLEGAL_MOVE"],
    discardQuestionDraft: ["ILLEGAL_MOVE"],
  },
  READY: {
    editQuestion: ["1 READY", "2 DRAFT"],
    requestQuestionReview: ["ILLEGAL_MOVE"],
    reviewQuestion: ["ILLEGAL_MOVE"],
    retireQuestion: ["1 RETIRED"],
    discardQuestionDraft: ["ILLEGAL_MOVE"],
  },
  RETIRED: {
    editQuestion: ["1 RETIRED", "2 DRAFT"],
    requestQuestionReview: ["ILLEGAL_MOVE"],
    reviewQuestion: ["ILLEGAL_MOVE"],
    retireQuestion: ["ILLEGAL_MOVE"],
    discardQuestionDraft: ["ILLEGAL_MOVE"],
  },
};

describe.each(Object.keys(MOVES))("a question that is %s", (state) => {
  const inState: Record<string, () => Promise<Anything>> = {
    DRAFT: () => drafted(),
    IN_REVIEW: () => handedIn(),
    READY: () => published(),
    RETIRED: async () => moved("ann", "retireQuestion", await published()),
  };
  const MORE: Record<string, object> = { editQuestion: WORDING, reviewQuestion: { verdict: "APPROVED" } };

  test.each(Object.entries(MOVES[state]!))("under %s: %j", async (mutation, expected) => {
    const question = await inState[state]!();
    const answer = await moved("cyd", mutation, question, MORE[mutation]);
    expect(Array.isArray(answer) ? answer : states(answer)).toEqual(expected);
  });

  test("is not touched by who read an older version of it, or may not write", async () => {
    const { id, version } = await inState[state]!();
    for (const mutation of Object.keys(MOVES[state]!)) {
      const input = { id, ...MORE[mutation] };
      expect(await does("cyd", mutation, { ...input, version: version + 1 })).toEqual(["STALE_VERSION"]);
      expect(await does("auditor", mutation, { ...input, version })).toEqual(["FORBIDDEN"]);
    }
  });
});

test("fifty approve at once: one version is READY, and the others hear that it has changed", async () => {
  const waiting = await handedIn();
  const answers = await Promise.all(Array.from({ length: 50 }, () => approvedBy("bob", waiting)));
  const refused = answers.filter(Array.isArray);
  expect(refused.length).toBe(49);
  expect(new Set(refused.flat())).toEqual(new Set(["STALE_VERSION"]));
});

test("what a READY version says is kept by the database itself", async () => {
  const { versions } = await published();
  const [{ id }] = versions.nodes;
  const asOwner = (text: string) =>
    withClient(superuserUrl, (client) => client.query(text, [id])).then(
      () => "done",
      (error: Error) => error.message,
    );
  const said = ["stem = 'Other'", "content = '{}'", "tags = '{}'", "guidance = null, number = 7", "checksum = ''"];
  for (const change of said) {
    const answer = await asOwner(`update question_versions set ${change} where id = $1`);
    expect([change, answer]).toEqual([change, `question_versions ${id} was published and stays as it is`]);
  }
  expect(
    await asOwner("update question_versions set use_count = use_count + 1, last_used_at = now() where id = $1"),
  ).toBe("done");
});

describe("what nobody could be asked is refused with its place", () => {
  const option = (text: string, creditMillis: number) => ({ text, creditMillis });
  const cases: [what: string, change: object, field: string][] = [
    ["a choice without options", { kind: "SINGLE_CHOICE" }, "options"],
    [
      "a choice without a right answer",
      { kind: "SINGLE_CHOICE", options: [option("a", 0), option("b", 0)] },
      "options",
    ],
    ["options on a discussion", { options: [option("a", 0)] }, "options"],
    ["a true-false without its answer", { kind: "TRUE_FALSE" }, "answer"],
    [
      "a number between bounds that are upside down",
      { kind: "NUMERIC", acceptedIntervals: [{ low: 2, high: 1, creditMillis: 100_000 }] },
      "acceptedIntervals.0",
    ],
    [
      "an accepted text that is blank",
      { kind: "SHORT_TEXT", acceptedTexts: [option(" ", 100_000)] },
      "acceptedTexts.0.text",
    ],
    ["a matching with one answer", { kind: "MATCHING", pairs: [{ prompt: { text: "a" }, answer: "b" }] }, "pairs"],
    ["a blank stem", { stem: " \n" }, "stem"],
  ];

  test.each(cases)("%s", async (_, change, field) => {
    const query = `mutation ($input: CreateQuestionInput!) { createQuestion(input: $input) { userErrors { code field message } } }`;
    const { data } = await api.send(ours.people.ann, query, { input: { bankId, ...WORDING, ...change } });
    const { userErrors } = data.createQuestion;
    expect(userErrors.map((each: Anything) => [each.code, each.field.join(".")])).toEqual([
      ["QUESTION_UNUSABLE", field],
    ]);
  });
});

describe("keys and guidance", () => {
  const SECRET = "the-secret-word";
  const text = { text: SECRET };
  const closed = { generalFeedback: text, guidance: { good: SECRET, followUps: [SECRET], redFlags: [SECRET] } };
  const KINDS: Record<string, object> = {
    SINGLE_CHOICE: {
      options: [
        { text: "yes", creditMillis: 100_000, feedback: text },
        { text: "no", creditMillis: 0, feedback: text },
      ],
    },
    MULTIPLE_CHOICE: {
      options: [
        { text: "yes", creditMillis: 100_000, feedback: text },
        { text: "no", creditMillis: -50_000, feedback: text },
      ],
    },
    TRUE_FALSE: { answer: true, feedbackWhenTrue: text, feedbackWhenFalse: text },
    SHORT_TEXT: { acceptedTexts: [{ text: SECRET, creditMillis: 100_000, feedback: text }] },
    NUMERIC: {
      acceptedIntervals: [{ low: 4711, high: 4711, creditMillis: 100_000, feedback: text }],
      feedbackOtherwise: text,
    },
    MATCHING: {
      pairs: [
        { prompt: { text: "b" }, answer: "2" },
        { prompt: { text: "a" }, answer: "1" },
      ],
    },
    ESSAY: {},
    DISCUSSION: {},
  };
  const SELECTION = `__typename id kind stem guidance { good followUps redFlags } generalFeedback { text }
    comments { nodes { text } }
    ... on SingleChoiceQuestion { options { text creditMillis feedback { text } } }
    ... on MultipleChoiceQuestion { options { text creditMillis feedback { text } } }
    ... on TrueFalseQuestion { answer feedbackWhenTrue { text } feedbackWhenFalse { text } }
    ... on ShortTextQuestion { texts: accepted { text creditMillis feedback { text } } }
    ... on NumericQuestion { numbers: accepted { low high creditMillis feedback { text } } feedbackOtherwise { text } }
    ... on MatchingQuestion { prompts { text } answers pairs { prompt { text } answer } }`;

  /** Every path that leads to a version. */
  const PATHS: Record<string, (versionId: string, questionId: string) => string> = {
    node: (versionId) => `{ node(id: "${versionId}") { ... on QuestionVersion { ${SELECTION} } } }`,
    nodes: (versionId) => `{ nodes(ids: ["${versionId}"]) { ... on QuestionVersion { ${SELECTION} } } }`,
    versions: (_, id) => `{ node(id: "${id}") { ... on Question { versions { nodes { ${SELECTION} } } } } }`,
    current: (_, id) => `{ node(id: "${id}") { ... on Question { current { ${SELECTION} } } } }`,
    search: () =>
      `{ searchQuestions(filter: { bankId: "${closedBank}" }) { results(first: 100) { nodes { ${SELECTION} } } } }`,
    bank: () =>
      `{ node(id: "${closedBank}") { ... on QuestionBank { questions { nodes { versions { nodes { ${SELECTION} } } } } } } }`,
  };

  let closedBank: string;
  const made: Record<string, { id: string; versionId: string }> = {};

  beforeAll(async () => {
    closedBank = (await createQuestionBank(ours.as("admin"), { name: "Closed" })).id;
    for (const [kind, content] of Object.entries(KINDS)) {
      const input = { bankId: closedBank, kind, stem: `Stem of ${kind}`, ...closed, ...content };
      const { id, versions } = await does("ann", "createQuestion", input);
      const [{ id: versionId }] = versions.nodes;
      const comment = `mutation { commentOnQuestion(input: { questionVersionId: "${versionId}", text: "${SECRET}" }) { userErrors { code } } }`;
      await api.ask(ours.people.bob, comment);
      made[kind] = { id, versionId };
    }
  });

  const everywhere = Object.keys(KINDS).flatMap((kind) => Object.keys(PATHS).map((path) => [kind, path] as const));

  test.each(everywhere)("of %s by %s are there for who writes and asks, and for nobody else", async (kind, path) => {
    const { id, versionId } = made[kind]!;
    const query = PATHS[path]!(versionId, id);
    const open = JSON.stringify(await api.ask(ours.people.ann, query));
    expect(open).toContain(SECRET);
    const shut = JSON.stringify(await api.ask(ours.people.auditor, query));
    expect(shut).toContain(`Stem of ${kind}`);
    expect(shut).not.toContain(SECRET);
    expect(shut).not.toMatch(/4711|"answer":true|"creditMillis":\d|"pairs":\[/);
  });

  test("a matching question shows its answers in an order that tells nothing", async () => {
    const query = PATHS.node!(made.MATCHING!.versionId, "");
    const { node } = await api.ask(ours.people.auditor, query);
    expect(node).toMatchObject({ prompts: [{ text: "b" }, { text: "a" }], answers: ["1", "2"], pairs: null });
  });

  test("are not told by a difference, a search or an export to who may not see them", async () => {
    const { id, versionId } = made.SHORT_TEXT!;
    const edited = { ...KINDS.SHORT_TEXT, ...closed, kind: "SHORT_TEXT", stem: "Stem of SHORT_TEXT" };
    const other = { acceptedTexts: [{ text: `${SECRET} 2`, creditMillis: 100_000 }] };
    const { version } = await api
      .ask(ours.people.ann, `{ node(id: "${id}") { ... on Question { version } } }`)
      .then(({ node }) => node);
    await does("ann", "discardQuestionDraft", { id, version });
    await does("ann", "editQuestion", { id, version: version + 1, ...edited, ...other });
    const diff = `{ node(id: "${id}") { ... on Question { diff(from: 1, to: 2) { path before after } } } }`;
    expect(JSON.stringify(await api.ask(ours.people.ann, diff))).toContain(`${SECRET} 2`);
    expect((await api.ask(ours.people.auditor, diff)).node.diff).toEqual([]);
    const found = `{ searchQuestions(filter: { text: "${SECRET}" }) { results { totalCount } } }`;
    expect((await api.ask(ours.people.ann, found)).searchQuestions.results.totalCount).toBe(0);
    const { errors } = await api.send(
      ours.people.auditor,
      "mutation { exportBank(input: {}) { bankExport { text } } }",
    );
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const node = `{ node(id: "${versionId}") { ... on QuestionVersion { comments { totalCount } } } }`;
    expect((await api.ask(ours.people.auditor, node)).node.comments.totalCount).toBe(0);
  });
});

test("an action writes the same as the API", async () => {
  const question = await createQuestion(ours.as("admin"), {
    bankId,
    kind: "ESSAY",
    stem: "Write.",
    stemFormat: "PLAIN",
  });
  expect(question).toMatchObject({ latestNumber: 1, version: 1, externalKey: null });
});
